import { silentMeter, type Channel, type HandleTurn, type SendResult } from '@copse/contracts'
import { afterEach, expect, test, vi } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, says, textOf } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const limits = { name: 'sms', textLength: 100, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0 }
const busy: SendResult = { ok: false, retryable: true, code: 'busy', reason: 'later' }
const refused: SendResult = { ok: false, retryable: false, code: 'blocked', reason: 'the customer left' }

/** A channel that answers `results` in turn, then delivers; a thrown one is a broken connection. */
function channelOf(...results: (SendResult | Error)[]) {
  const sent: string[] = []
  const channel: Channel = {
    name: 'sms',
    limits,
    delivery: 'push',
    async send(to, { text }) {
      const result = results.shift()
      if (result instanceof Error) throw result
      if (!result || result.ok) sent.push(`${to.alias}: ${text}`)
      return result ?? { ok: true, providerId: `p${sent.length}` }
    },
  }
  return { channel, sent }
}

const open = (channel: Channel) =>
  openToyLane(async (turn) => says(textOf(turn), { messages: [{ text: 'one' }, { text: 'two' }] }), {
    channels: () => new Map([[channel.name, channel]]),
    limits: { sendRetryMs: 1, sendAttempts: 3 },
  })
const say = async (messageId: string, alias?: string) => {
  const { inboxId } = await toy.lane.submit(message(messageId, alias, { channel: 'sms' }))
  await toy.lane.settled(inboxId, 5000)
}
const allSent = () =>
  vi.waitFor(async () => expect((await toy.store.counts()).unsentMessages).toBe(0), { timeout: 5000, interval: 5 })

test('what a turn says is sent in order, also after a try that failed', async () => {
  const { channel, sent } = channelOf(busy, new Error('connection reset'))
  toy = await open(channel)
  await say('m1')
  await allSent()
  expect(sent).toEqual(['ana: one', 'ana: two'])
})

test('what is refused for good or too often is dead, and the rest goes on', async () => {
  const { channel, sent } = channelOf(refused, busy, busy, busy)
  toy = await open(channel)
  await say('m1')
  await say('m2')
  await allSent()
  expect(sent).toEqual(['ana: one', 'ana: two'])
  expect((await toy.store.counts()).deadSends).toBe(2)
})

test('what was sent and could not be written down is written down later, and nothing behind it is stuck', async () => {
  const { channel, sent } = channelOf()
  let failures = 0
  toy = await openToyLane(
    async () => says('one', { messages: [{ text: 'one' }, { text: 'two' }] }),
    { channels: () => new Map([[channel.name, channel]]) },
    (store) => ({
      ...store,
      async settleSend(seq, settled) {
        if (failures++ < 2) throw new Error('the disk is full')
        return store.settleSend(seq, settled)
      },
    }),
  )
  await say('m1')
  await allSent()
  expect(sent).toEqual(['ana: one', 'ana: two'])
})

test('a channel says when to try again', async () => {
  const { channel, sent } = channelOf({ ...busy, retryAfterMs: 50 })
  toy = await open(channel)
  await say('m1')
  const before = performance.now()
  await allSent()
  expect(performance.now() - before).toBeGreaterThan(30)
  expect(sent).toHaveLength(2)
})

test('what the last process left unsent is sent by the next', async () => {
  toy = await openToyLane(async () => says('hello'))
  await say('m1')
  const { channel, sent } = channelOf()
  await toy.reopen(async () => says('never'), { channels: () => new Map([[channel.name, channel]]) })
  await allSent()
  expect(sent).toEqual(['ana: hello'])
})

test('what goes to a channel that is read waits to be read', async () => {
  const { channel, sent } = channelOf()
  toy = await open({ ...channel, delivery: 'pull' })
  await say('m1')
  expect((await toy.store.counts()).unsentMessages).toBe(2)
  expect(sent).toEqual([])
})

test('a channel that comes or goes while the process runs is used from then on', async () => {
  const { channel, sent } = channelOf()
  const channels = new Map<string, Channel>()
  toy = await openToyLane(async (turn) => says(textOf(turn)), { channels: () => channels })
  await say('m1')
  expect((await toy.store.counts()).unsentMessages).toBe(1)
  channels.set('sms', channel)
  await say('m2')
  await allSent()
  expect(sent).toEqual(['ana: m1', 'ana: m2'])
})

test('what may have been sent before the process died is counted, and so is an id that belongs to somebody else', async () => {
  const counted: Record<string, number> = {}
  const meter = { ...silentMeter, count: (name: string, by = 1) => (counted[name] = (counted[name] ?? 0) + by) }
  toy = await openToyLane(async () => says('hello'))
  await say('m1')
  await say('m2', 'bea')
  await toy.store.claimSends({ channels: ['sms'], now: Date.now(), limit: 1 })
  await toy.reopen(async () => says('hello'), { meter })
  await toy.lane.submit(message('m3', 'ana', { channel: 'sms', contact: { alias: 'ana', alsoKnownAs: ['bea'] } }))
  expect(counted).toMatchObject({ outbox_redelivered_total: 1, inbox_foreign_aliases_total: 1 })
})

test('a channel with another form for what comes too late is told so, and one without is not asked', async () => {
  const given: unknown[] = []
  const { channel } = channelOf()
  const late: Channel = {
    ...channel,
    limits: { ...limits, windowMs: 1_000 },
    async send({ alias, beyondWindow }) {
      given.push({ alias, beyondWindow })
      return { ok: true, providerId: `p${given.length}` }
    },
  }
  // Nobody was heard: what comes of a timer is outside of every window.
  const ring = async (id: string) => {
    const { inboxId } = await toy.lane.submit(message(id, 'ana', { channel: 'sms', kind: 'timer' }))
    await toy.lane.settled(inboxId, 5000)
    await allSent()
  }
  toy = await open(late)
  await ring('m1')
  expect(given).toEqual([])
  expect(await toy.store.counts()).toMatchObject({ deadSends: 2 })
  const named: Channel = { ...late, beyondWindow: true }
  const handle: HandleTurn = async (turn) => says(textOf(turn))
  await toy.reopen(handle, { channels: () => new Map([['sms', named]]) })
  await ring('m2')
  expect(given).toEqual([{ alias: 'ana', beyondWindow: true }])
})
