import { setTimeout as sleep } from 'node:timers/promises'
import { randomIds, systemClock, type Store, type TimerFiring } from '@copse/contracts'
import { openLane } from '@copse/lane'
import { openStore } from '@copse/store'
import type { Benchmark, Run } from '../harness/benchmark.ts'
import { claimCounts } from '../harness/claim.ts'
import { openFolder } from './disk/folder.ts'
import { measureSyncs } from './disk/syncs.ts'
import { median, quantile } from './quantile.ts'

const contacts = 200
const pile = 500

export const benchmark: Benchmark = {
  id: 'T9',
  async measure(run) {
    const place = openFolder()
    const store = await openStore({ folder: place.folder })
    try {
      const found: { perS: number; syncs: ReturnType<typeof measureSyncs> }[] = []
      for (let round = 0; round < (run.quick ? 2 : 5); round++) {
        const syncs = measureSyncs(place.folder, 250)
        found.push({ syncs, perS: await firedPerS(store, run.quick ? 5_000 : 20_000) })
      }
      const late = await lateness(run)
      const syncMs = median(found.map(({ syncs }) => syncs.p50Ms))
      return [
        {
          ...claimCounts({
            id: 'T9',
            what: 'timers fired into the inbox, 500 in a commit: at least twice as many as the disk can sync',
            versus: 'fdatasyncs of 16 KB in the same folder',
            unit: 'per s',
            better: 'more',
            ours: median(found.map(({ perS }) => perS)),
            reference: median(found.map(({ syncs }) => syncs.perS)),
            goal: 1 / 2,
          }),
          rounds: found.length,
        },
        claimCounts({
          id: 'T9-late',
          what: '1,000 timers due each second, each a turn: begun late by at most 100 ms + 8 S, p99',
          versus: 'the bound, from the p50 of a sync S',
          unit: 'ms',
          ours: quantile(late, 0.99),
          reference: 100 + 8 * syncMs,
          goal: 1,
          also: { 'p50 ms': median(late) },
        }),
      ]
    } finally {
      await store.close()
      place.remove()
    }
  },
}

let named = 0

/** Sets so many, dealt out to the contacts by turns; `dueAt` says when each is due. */
async function set(store: Store, count: number, dueAt: (at: number) => number): Promise<void> {
  for (let contact = 0; contact < contacts; contact++) {
    const changes = Array.from({ length: Math.ceil((count - contact) / contacts) }, (_, at) => ({
      set: { key: `timer-${named++}`, when: { at: dueAt(contact + at * contacts) } },
    }))
    await store.changeTimers({ channel: 'api', alias: `CUST-${contact}` }, changes)
  }
}

async function firedPerS(store: Store, count: number): Promise<number> {
  const now = Date.now()
  await set(store, count, () => now - 1)
  let fired = 0
  const start = performance.now()
  for (;;) {
    const { events } = await store.fireTimers(now, pile)
    fired += events.length
    if (events.length === 0) break
  }
  const ms = performance.now() - start
  if (fired !== count) throw new Error(`${fired} of ${count} timers fired.`)
  return (count * 1000) / ms
}

/** Of each timer, from when it was due to when its turn begins. */
async function lateness({ quick }: Run): Promise<number[]> {
  const place = openFolder()
  const store = await openStore({ folder: place.folder })
  const count = quick ? 2_000 : 10_000
  const start = Date.now() + 3_000
  await set(store, count, (at) => start + at)
  const late: number[] = []
  const lane = await openLane({
    store,
    handle: async ({ events }) => {
      for (const { data } of events) late.push(Date.now() - (data as unknown as TimerFiring).dueAt)
      return { messages: [], trace: [], handoffs: [], usage: [] }
    },
    clock: systemClock,
    ids: randomIds,
  })
  try {
    for (let waited = 0; late.length < count && waited < 60_000; waited += 50) await sleep(50)
    if (late.length !== count) throw new Error(`${late.length} of ${count} timers came to a turn.`)
    return late
  } finally {
    await lane.drain(5_000)
    await store.close()
    place.remove()
  }
}
