import type { Channel, HandleTurn } from '@copse/contracts'
import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, remembers, requestOf, says, textOf } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const limits = { name: 'sms', textLength: 100, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0 }
/** What was sent, in order; `before` runs while a message is on its way. */
function channelOf(before: (text: string) => Promise<void> = async () => {}) {
  const sent: string[] = []
  const channel: Channel = {
    name: 'sms',
    limits,
    delivery: 'push',
    async send(to, { text }) {
      await before(text)
      sent.push(text)
      return { ok: true, providerId: to.key!, ...(text === 'photo' ? { awaited: true } : {}) }
    },
  }
  return { channel, sent, channels: () => new Map([['sms', channel]]) }
}
const echo: HandleTurn = async (turn) => says(`heard ${textOf(turn)}`, { session: remembers(turn) })
const hear = async (id: string, more = {}) => {
  const { inboxId } = await toy.lane.submit(message(id, 'ana', { channel: 'sms', ...more }))
  return (await toy.lane.settled(inboxId, 5_000))!
}
const allSent = () => expect.poll(async () => (await toy.store.counts()).unsentMessages).toBe(0)
const who = { who: 'eva', reason: 'asked' }

describe('while a person has the conversation', () => {
  test('what the customer says is kept for them, no tree runs on it, and what comes back goes on from there', async () => {
    const turns: string[] = []
    const { channels, sent } = channelOf()
    toy = await openToyLane(
      async (turn) => {
        turns.push(textOf(turn))
        return echo(turn)
      },
      { channels },
    )
    const { conversationId, sessionId } = await hear('m1')
    await allSent()
    await toy.lane.takeOver({ conversationId, ...who })
    expect(await hear('m2')).toMatchObject({ sessionId, status: 'waiting', messages: [] })
    await toy.lane.say({ conversationId, message: { text: 'Eva here.' }, who: 'eva', key: 'k1' })
    await expect.poll(() => sent).toEqual(['heard m1', 'Eva here.'])
    expect((await toy.store.trace(sessionId!)).map(({ trace }) => trace)).toEqual([
      [{ said: 'heard m1' }],
      [{ kind: 'held', owner: 'human', messages: 1 }],
    ])
    expect((await toy.store.messages({ conversationId })).map(({ text }) => text)).toEqual([
      'm1',
      'heard m1',
      'm2',
      'Eva here.',
    ])
    await toy.lane.giveBack({ conversationId, ...who })
    expect((await hear('m3')).messages).toEqual([{ text: 'heard m3' }])
    expect(turns).toEqual(['m1', 'm3'])
    expect((await toy.store.session(sessionId!))!.snapshot).toEqual(['m1', 'm3'])
  })

  test('what comes from ourselves still runs, and what it would say is not sent', async () => {
    const { channels, sent } = channelOf()
    toy = await openToyLane(echo, { channels })
    const { conversationId, sessionId } = await hear('m1')
    await allSent()
    await toy.lane.takeOver({ conversationId, ...who })
    await hear('approved', { kind: 'approval' })
    expect((await toy.store.session(sessionId!))!.snapshot).toEqual(['m1', 'approved'])
    await allSent()
    expect(sent).toEqual(['heard m1'])
  })
})

test('whenever a person takes over, nothing that the bot composed is sent from then on', async () => {
  const { channels, sent } = channelOf()
  toy = await openToyLane(
    async (turn) => says(textOf(turn), { messages: [{ text: `${textOf(turn)} a` }, { text: `${textOf(turn)} b` }] }),
    { channels },
  )
  let rounds = 0
  await fc.assert(
    fc.asyncProperty(fc.nat(3), fc.nat(3), fc.nat(6), async (before, after, ticks) => {
      const alias = `customer ${++rounds}`
      const say = (id: string) => toy.lane.submit(message(`${alias} ${id}`, alias, { channel: 'sms' }))
      await say('first')
      for (let n = 0; n < before; n++) await say(`before ${n}`)
      for (let n = 0; n < ticks; n++) await new Promise(setImmediate)
      const { conversationId } = (await toy.store.contact('sms', alias))!
      await toy.lane.takeOver({ conversationId, ...who })
      const atMost = sent.length + 1
      for (let n = 0; n < after; n++) await say(`after ${n}`)
      await expect.poll(async () => (await toy.store.counts()).pendingMessages, { interval: 2 }).toBe(0)
      await expect.poll(async () => (await toy.store.counts()).unsentMessages, { interval: 2 }).toBe(0)
      // One may have been on its way to the channel.
      expect(sent.length).toBeLessThanOrEqual(atMost)
      expect(sent.filter((text) => text.includes(`${alias} after`))).toEqual([])
    }),
    { numRuns: 25 },
  )
})

test('a message that is awaited lets the next go as soon as its receipt comes, also one that comes too early', async () => {
  for (const early of [true, false]) {
    const { channels, sent } = channelOf(async (text) => {
      if (early && text === 'photo') await toy.lane.applyReceipts([receipt()])
    })
    const receipt = () => ({ channel: 'sms', providerId: '2', state: 'delivered' as const, at: 0 })
    const messages = [{ text: 'photo' }, { text: 'caption' }]
    toy = await openToyLane(async () => says('x', { messages }), { channels })
    await hear('m1')
    if (!early) {
      await expect.poll(() => sent).toEqual(['photo'])
      await toy.lane.applyReceipts([receipt()])
    }
    await expect.poll(() => sent).toEqual(['photo', 'caption'])
    if (early) await toy.remove()
  }
})

test('an effect that nobody knows of is what a person found out, when the same thing is asked for again', async () => {
  toy = await openToyLane(async (turn) => {
    const request = requestOf(turn, 'pay', { policy: 'at-most-once', naturalKey: 'O1', visit: 0 })
    const outcome = await turn.journal.effect({ ...request, key: `pay ${textOf(turn)}` }, async () => ({
      status: 'uncertain',
      code: 'cut',
      reason: 'cut in the middle',
    }))
    return says(outcome.status === 'ok' ? `done: ${JSON.stringify(outcome.data)}` : outcome.status)
  })
  expect((await toy.say('m1')).messages).toEqual([{ text: 'uncertain' }])
  expect((await toy.say('m2')).messages).toEqual([{ text: 'uncertain' }])
  await toy.lane.resolve('pay m1', { verdict: 'confirmed', outcome: { status: 'ok', data: { no: 7 } } }, 'eva', 'seen')
  expect((await toy.say('m3')).messages).toEqual([{ text: 'done: {"no":7}' }])
})

test('a dead message is sent when a person asks for it', async () => {
  let works = false
  const { channel, sent } = channelOf()
  const broken: Channel = {
    ...channel,
    send: async (...call) =>
      works ? channel.send!(...call) : { ok: false, retryable: false, code: 'blocked', reason: 'no' },
  }
  toy = await openToyLane(echo, { channels: () => new Map([['sms', broken]]) })
  await hear('m1')
  await expect.poll(async () => (await toy.store.deadSends()).length).toBe(1)
  works = true
  await toy.lane.redriveSend((await toy.store.deadSends())[0]!.seq, 'eva')
  await allSent()
  expect(sent).toEqual(['heard m1'])
})
