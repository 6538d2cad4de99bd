import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createChannels } from '@copse/channels'
import { openRig, type Rig } from '../../../apps/data-plane/src/testing/rig.ts'
import { openFolder } from '../disk/folder.ts'
import { measureSyncs } from '../disk/syncs.ts'
import { openTenant, type Tenant } from '../turns/tenant.ts'
import type { Account, Order, Sent } from './load.ts'

const perS = 300

/** Of one round, in ms: a sync of the disk, and of each message the time from when it was due. */
export interface Round {
  syncMs: number
  acks: number[]
  replies: number[]
}

/** A tenant in this process and its customers in another: each taps once, at a fixed rate, whatever was answered before. */
export async function measureWebhooks({ quick }: { quick: boolean }): Promise<Round[]> {
  const place = openFolder()
  const load = fork(join(import.meta.dirname, 'load.ts'), { execArgv: [] })
  const account = (await answerOf(load)) as Account
  const channels = await whatsApp(account)
  const tenant = await openTenant(place.folder, channels)
  const committed = commitTimes(tenant)
  const { store } = tenant
  const rig = await openRig({ lane: committed.lane, store, channels: () => channels })
  try {
    await round(rig, load, 1_000)
    const found: Round[] = []
    for (let at = 0; at < (quick ? 2 : 5); at++) {
      const syncs = measureSyncs(place.folder, 250)
      const sent = await round(rig, load, quick ? 1_500 : 4_000)
      await committed.all(Object.keys(sent))
      const acks = Object.values(sent).map(({ dueAt, ackedAt }) => ackedAt - dueAt)
      const replies = Object.entries(sent).map(([id, { dueAt }]) => committed.at(id) - dueAt)
      found.push({ syncMs: syncs.p50Ms, acks, replies })
    }
    return found
  } finally {
    load.kill()
    await rig.close()
    await tenant.close()
    place.remove()
  }
}

const whatsApp = ({ url, phoneNumberId, accessToken, appSecret }: Account) =>
  createChannels([{ name: 'shop', type: 'whatsapp', config: { phoneNumberId, baseUrl: url }, credential: 'meta' }], {
    meta: JSON.stringify({ accessToken, appSecret, verifyToken: 'a-word-of-ours' }),
  })

/** When the turn of each message was committed, by the message's id. */
function commitTimes({ lane }: Tenant) {
  const ids = new Map<number, string>()
  const times = new Map<string, number>()
  lane.subscribe(({ settled }) => {
    if (!settled) return
    const { inboxIds, reply } = settled
    const at = performance.timeOrigin + performance.now()
    if (reply.intent !== 'refund') throw new Error(`A tap came to ${JSON.stringify(reply)}.`)
    for (const inboxId of inboxIds) times.set(ids.get(inboxId) ?? '', at)
  })
  return {
    lane: {
      ...lane,
      async submitAll(events: Parameters<typeof lane.submitAll>[0]) {
        const submitted = await lane.submitAll(events)
        for (const [at, { inboxId }] of submitted.entries()) ids.set(inboxId, events[at]?.messageId ?? '')
        return submitted
      },
    },
    async all(messageIds: string[]): Promise<void> {
      while (messageIds.some((id) => !times.has(id))) await sleep(20)
    },
    at: (messageId: string): number => times.get(messageId) ?? Number.NaN,
  }
}

async function round(rig: Rig, load: ChildProcess, forMs: number): Promise<Sent> {
  const answer = answerOf(load)
  load.send({ webhook: `${rig.url}/webhooks/shop`, perS, forMs } satisfies Order)
  return (await answer) as Sent
}

async function answerOf(load: ChildProcess): Promise<unknown> {
  const ended = once(load, 'exit').then(([code]) => {
    throw new Error(`The load ended with code ${code}.`)
  })
  const [message] = await Promise.race([once(load, 'message'), ended])
  return message
}
