import { setTimeout as sleep } from 'node:timers/promises'
import { silentLogger, silentMeter, type HandleTurn, type TimerFiring, type TimerSpec } from '@copse/contracts'
import { afterEach, describe, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, says, textOf } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const ana = { channel: 'web', alias: 'ana' }
const due = (key: string, inMs = 0): { set: TimerSpec } => ({ set: { key, when: { at: Date.now() + inMs } } })

const firingOf = (turn: Parameters<HandleTurn>[0]): TimerFiring => turn.events[0]!.data as unknown as TimerFiring

/** Tells what fires, and when all of them have. */
function listening(count: number) {
  const heard: string[] = []
  const all = Promise.withResolvers<void>()
  const handle: HandleTurn = async (turn) => {
    if (turn.events[0]!.kind !== 'timer') return says(`heard ${textOf(turn)}`)
    heard.push(`${turn.contact.alias} ${firingOf(turn).key}`)
    if (heard.length === count) all.resolve()
    return says('by the way')
  }
  return { heard, all: all.promise, handle }
}

test('a timer is a turn of its contact when it is due, and may say something', async () => {
  const { heard, all, handle } = listening(2)
  toy = await openToyLane(handle)
  await toy.lane.changeTimers(ana, [due('soon', 30), due('now')])
  await all
  expect(heard).toEqual(['ana now', 'ana soon'])
})

test('a timer that a turn sets wakes the lane, though it slept until a later one', async () => {
  const { heard, all, handle } = listening(1)
  toy = await openToyLane(async (turn) =>
    textOf(turn) === 'm1' ? says('later', { timers: [due('soon', 20)] }) : handle(turn),
  )
  await toy.lane.changeTimers(ana, [due('much later', 3_600_000)])
  await toy.say('m1')
  await all
  expect(heard).toEqual(['ana soon'])
})

test('timers whose zone the system does not know are told with it, and are none that were missed', async () => {
  const told: unknown[] = []
  const logger = { ...silentLogger, error: (fields: object, text: string) => void told.push({ fields, text }) }
  const counted: string[] = []
  const meter = { ...silentMeter, count: (name: string) => void counted.push(name) }
  toy = await openToyLane(
    async () => says('never'),
    { logger, meter },
    (store) => ({
      ...store,
      fireTimers: async () => ({ events: [], skipped: 0, unread: ['Mars/Olympus'], latestMs: 0, nextAt: undefined }),
    }),
  )
  await expect.poll(() => told.length).toBeGreaterThan(0)
  expect(told[0]).toMatchObject({
    fields: { timers: 1, zones: ['Mars/Olympus'] },
    text: expect.stringContaining('timers do not come') as string,
  })
  expect(counted).not.toContain('timers_skipped_total')
})

test('what is due is decided by the clock that was handed in, though it jumps', async () => {
  const { heard, all, handle } = listening(1)
  let now = Date.UTC(2026, 0, 1)
  toy = await openToyLane(handle, { clock: { now: () => now }, limits: { wakeMs: 5 } })
  await toy.lane.changeTimers(ana, [{ set: { key: 'tomorrow', when: { at: now + 86_400_000 } } }])
  await sleep(20)
  expect(heard).toEqual([])
  now += 86_400_000
  await all
  now -= 86_400_000
  await sleep(20)
  expect(heard).toEqual(['ana tomorrow'])
})

test('what came due while no process ran fires when one does, and what had fired is not fired again', async () => {
  const first = listening(1)
  toy = await openToyLane(first.handle)
  await toy.lane.changeTimers(ana, [due('before')])
  await first.all
  await toy.lane.drain(1_000)
  await toy.store.changeTimers(ana, [due('meanwhile')])
  const second = listening(1)
  await toy.reopen(second.handle)
  await second.all
  expect(second.heard).toEqual(['ana meanwhile'])
})

test('ten thousand that are due at once are drained, while customers are answered all along', async () => {
  const count = 10_000
  const { heard, all, handle } = listening(count)
  toy = await openToyLane(handle)
  await Promise.all(
    Array.from({ length: count }, (_, n) => toy.store.changeTimers({ channel: 'web', alias: `c${n}` }, [due(`t${n}`)])),
  )
  await toy.lane.changeTimers(ana, [])
  await toy.reopen(handle)
  let answered = 0
  while (heard.length < count) {
    expect((await toy.say(`m${answered}`, 'bea')).messages).toEqual([{ text: `heard m${answered}` }])
    answered++
  }
  await all
  expect(new Set(heard).size).toBe(count)
  expect(answered).toBeGreaterThan(20)
  expect(await toy.store.counts()).toMatchObject({ pendingMessages: 0, deadMessages: 0 })
}, 30_000)

test('timers take no customer’s place in the queue, however many are due', async () => {
  const { handle } = listening(Number.POSITIVE_INFINITY)
  toy = await openToyLane(handle, { limits: { queued: 20, timers: 10 } })
  await Promise.all(
    Array.from({ length: 200 }, (_, n) => toy.store.changeTimers({ channel: 'web', alias: `c${n}` }, [due(`t${n}`)])),
  )
  await toy.lane.changeTimers(ana, [due('wake')])
  await Promise.all(Array.from({ length: 10 }, (_, n) => toy.lane.submit(message(`m${n}`, `d${n}`))))
})

test('what comes due while all places are taken fires when they are free', async () => {
  const { heard, all, handle } = listening(3)
  const held = Promise.withResolvers<void>()
  const holding: HandleTurn = async (turn) => {
    if (turn.events[0]!.kind === 'timer' && firingOf(turn).key === 'first') await held.promise
    return handle(turn)
  }
  toy = await openToyLane(holding, { limits: { timers: 1, wakeMs: 1 } })
  await toy.lane.changeTimers(ana, [due('first')])
  await toy.lane.changeTimers({ channel: 'web', alias: 'bea' }, [due('second'), due('third')])
  await sleep(20)
  expect(heard).toEqual([])
  held.resolve()
  await all
  expect(heard).toEqual(['ana first', 'bea second', 'bea third'])
})

describe('a standing schedule', () => {
  const nightly = (run: (signal: AbortSignal) => Promise<void>) => [
    { key: 'backup', schedule: { daily: '03:00' }, zone: 'Europe/Berlin', run },
  ]

  async function open(run: (signal: AbortSignal) => Promise<void>) {
    const clock = { at: Date.UTC(2026, 0, 15, 12), now: () => clock.at }
    const counted: string[] = []
    const meter = {
      count: (name: string, _by?: number, labels?: Record<string, string>) =>
        void (name === 'standing_runs_total' && counted.push(`${labels!['schedule']} ${labels!['state']}`)),
      observe() {},
    }
    const options = { clock, meter, limits: { wakeMs: 5 }, standing: nightly(run) }
    toy = await openToyLane(async () => says('never'), options)
    return { clock, counted, options }
  }

  /** So many runs, and the turn of the last one is committed. */
  async function settled(counted: readonly string[], runs: number): Promise<void> {
    while (counted.length < runs || (await toy.store.counts()).pendingMessages > 0) await sleep(5)
  }

  test('runs once each time, through restarts, and one that fails is tried at its next occurrence only', async () => {
    let runs = 0
    const { clock, counted, options } = await open(async () => {
      if (++runs === 1) throw new Error('the disk is full')
    })
    clock.at += 86_400_000
    await settled(counted, 1)
    await toy.reopen(async () => says('never'), options)
    await sleep(30)
    expect(counted).toEqual(['backup failed'])
    clock.at += 86_400_000
    await settled(counted, 2)
    expect(counted).toEqual(['backup failed', 'backup done'])
    expect(await toy.store.counts()).toMatchObject({ pendingMessages: 0, unsentMessages: 0 })
  })

  test('that was missed while no process ran, runs once when one does', async () => {
    const { clock, counted, options } = await open(async () => {})
    await toy.lane.drain(1_000)
    clock.at += 5 * 86_400_000
    await toy.reopen(async () => says('never'), options)
    while (counted.length < 1) await sleep(5)
    await sleep(20)
    expect(counted).toEqual(['backup done'])
  })

  test('that is stopped half way runs again in the next process', async () => {
    let runs = 0
    const begun = Promise.withResolvers<void>()
    const { clock, counted, options } = await open(async (signal) => {
      begun.resolve()
      if (++runs === 1) await sleep(60_000, undefined, { signal })
    })
    clock.at += 86_400_000
    await begun.promise
    await toy.lane.drain(1)
    await toy.reopen(async () => says('never'), options)
    while (counted.length < 1) await sleep(5)
    expect({ runs, counted }).toEqual({ runs: 2, counted: ['backup done'] })
  })

  test('that nobody has any more is forgotten', async () => {
    const { clock, options } = await open(async () => {})
    await toy.reopen(async () => says('never'), { ...options, standing: [] })
    clock.at += 86_400_000
    while ((await toy.store.timers())[0]?.state === 'waiting') await sleep(5)
    expect(await toy.store.timers()).toMatchObject([{ key: 'standing:backup', state: 'cancelled' }])
  })
})

test('a timer that a turn sets while others fire is not overlooked', async () => {
  const { heard, all, handle } = listening(2)
  const gate = Promise.withResolvers<void>()
  let at = Number.POSITIVE_INFINITY
  toy = await openToyLane(
    async (turn) => {
      if (turn.events[0]!.kind === 'timer') return handle(turn)
      await gate.promise
      return says('set', { timers: [due('soon', 60)] })
    },
    { limits: { wakeMs: 30_000 } },
    (store) => ({
      ...store,
      // The turn ends in the moment in which the alarm rings: the firing and the turn share a commit.
      fireTimers: (now, limit) => {
        const fired = store.fireTimers(now, limit)
        if (now >= at) gate.resolve()
        return fired
      },
    }),
  )
  await toy.lane.submit(message('m1', 'bea'))
  at = Date.now() + 50
  await toy.lane.changeTimers(ana, [{ set: { key: 'first', when: { at } } }])
  await all
  expect(heard).toEqual(['ana first', 'bea soon'])
})

test('a timer that a turn cancels does not ring, though it came due during that turn', async () => {
  const { heard, handle } = listening(1)
  toy = await openToyLane(async (turn) => {
    if (turn.events[0]!.kind === 'timer') return handle(turn)
    await sleep(150)
    return says('your reminder is cancelled', { timers: [{ cancel: 'remind' }] })
  })
  await toy.lane.changeTimers(ana, [due('remind', 60)])
  await toy.say('cancel it')
  await expect.poll(() => toy.store.counts()).toMatchObject({ pendingMessages: 0 })
  expect(heard).toEqual([])
  expect(await toy.store.timers()).toMatchObject([{ key: 'remind', state: 'cancelled' }])
})
