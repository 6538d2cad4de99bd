import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, Receipt, SendResult } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, says, textOf } from './testing/toy.ts'

let toy: ToyLane
let now: number
let tries: string[]
let settled: number
let answer: (channel: string, text: string) => SendResult | undefined
const channelOf = (name: string): Channel => ({
  name,
  limits: { name, textLength: 100, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0 },
  delivery: 'push',
  async send(to, { text }) {
    tries.push(text)
    return answer(name, text) ?? { ok: true, providerId: to.key! }
  },
})

beforeEach(async () => {
  now = 1_000
  tries = []
  settled = 0
  answer = () => undefined
  const channels = new Map(['sms', 'chat'].map((name) => [name, channelOf(name)]))
  toy = await openToyLane(
    async (turn) => says(textOf(turn)),
    {
      channels: () => channels,
      clock: { now: () => now },
      chance: () => 0,
      limits: { breakerMs: 10_000, sends: 1 },
    },
    (store) => ({ ...store, settleSend: (...send) => store.settleSend(...send).finally(() => settled++) }),
  )
})
afterEach(() => toy.remove())

const failed: SendResult = { ok: false, retryable: true, code: 'E500', reason: 'not now' }
const say = async (text: string, channel = 'sms') => {
  const { inboxId } = await toy.lane.submit(message(text, `customer of ${text}`, { channel }))
  await toy.lane.settled(inboxId, 5_000)
}
const stateOf = (channel: string) => toy.lane.breakers().get(channel)
/** What was tried is written down: until then nothing of its conversation can be tried again. */
const isSettled = () => settled === tries.length
const attempts = async () => (await toy.store.deadSends()).map((dead) => dead.attempts)

test('after five failures in a row a channel rests, the others go on, and one message tries it after the pause', async () => {
  answer = (channel) => (channel === 'sms' ? failed : undefined)
  await say('one')
  await expect.poll(() => stateOf('sms')).toBe('open')
  expect(tries).toHaveLength(5)
  await say('two')
  await say('to another', 'chat')
  await expect.poll(() => tries.includes('to another')).toBe(true)
  expect(tries).toHaveLength(6)

  now += 10_000
  await say('three', 'chat')
  // It counts as open until it is tried, too.
  await expect.poll(() => tries.length === 8 && stateOf('sms') === 'open').toBe(true)
  expect(tries.slice(6).filter((text) => text !== 'three')).toHaveLength(1)

  answer = () => undefined
  now += 10_000
  await say('four', 'chat')
  await expect.poll(async () => (await toy.store.counts()).unsentMessages).toBe(0)
  expect(stateOf('sms')).toBe('closed')
  expect(await attempts()).toEqual([])
})

test('a channel that says it is down rests at once, and no message is worse off for it', async () => {
  answer = () => ({ ok: false, retryable: false, code: 'token', reason: 'expired', channelDown: true })
  await say('one')
  await expect.poll(() => stateOf('sms')).toBe('open')
  for (let probes = 0; probes < 30; probes++) {
    now += 10_000
    await say(`message ${probes}`)
    await expect.poll(() => tries.length).toBe(probes + 2)
    await expect.poll(() => stateOf('sms')).toBe('open')
  }
  expect(await toy.store.counts()).toMatchObject({ deadSends: 0, unsentMessages: 31 })
  answer = () => undefined
  now += 10_000
  await say('last')
  await expect.poll(async () => (await toy.store.counts()).unsentMessages).toBe(0)
})

test('a channel that says so only afterwards rests as well, and is not told so twice', async () => {
  answer = () => undefined
  await say('one')
  await expect.poll(async () => (await toy.store.counts()).unsentMessages).toBe(0)
  const error = { code: 'payment', reason: 'missing', retryable: true, channelDown: true as const }
  const failed: Receipt = { channel: 'sms', providerId: '2', state: 'failed', at: now, error }
  await toy.lane.applyReceipts([failed])
  expect(stateOf('sms')).toBe('open')
  await say('two')
  await say('three', 'chat')
  await expect.poll(() => tries).toEqual(['one', 'three'])

  now += 10_000
  await say('four', 'chat')
  await expect.poll(() => stateOf('sms')).toBe('closed')
  await toy.lane.applyReceipts([failed])
  expect(stateOf('sms')).toBe('closed')
})

test('after each pause another message tries a channel that is down, and all go at once when it is back', async () => {
  answer = (channel) => (channel === 'sms' ? { ...failed, channelDown: true, retryAfterMs: 300_000 } : undefined)
  const sent = () => tries.filter((text) => !text.startsWith('to another'))
  await say('one')
  await expect.poll(() => isSettled() && stateOf('sms')).toBe('open')
  expect((await toy.store.backlog(now)).unsent).toMatchObject([{ channel: 'sms', error: 'E500: not now' }])
  now += 1
  await say('two')
  for (const tried of ['one', 'two', 'one']) {
    const before = sent().length
    now += 10_000
    await say(`to another after ${tries.length}`, 'chat')
    await expect.poll(() => sent().slice(before)).toEqual([tried])
    await expect.poll(() => isSettled() && stateOf('sms')).toBe('open')
  }
  answer = () => undefined
  now += 10_000
  await say('to another at last', 'chat')
  await expect.poll(async () => (await toy.store.counts()).unsentMessages).toBe(0)
  expect(sent().slice(-2)).toEqual(['two', 'one'])
})

test('a message that is refused for itself says nothing against its channel', async () => {
  answer = () => ({ ok: false, retryable: false, code: 'blocked', reason: 'no such number' })
  for (let n = 0; n < 6; n++) await say(`m${n}`)
  await expect.poll(async () => (await toy.store.counts()).deadSends).toBe(6)
  expect(stateOf('sms')).toBe('closed')
  expect(await attempts()).toEqual([1, 1, 1, 1, 1, 1])
})

test('a channel that rests is tried again though the clock was set back by a day', async () => {
  answer = () => ({ ...failed, channelDown: true })
  await say('m1')
  await expect.poll(() => stateOf('sms')).toBe('open')
  answer = () => undefined
  now -= 24 * 60 * 60 * 1000
  for (let minute = 0; minute < 3; minute++) {
    now += 60_000
    await say(`later ${minute}`)
  }
  await expect.poll(() => tries.filter((text) => text === 'm1').length).toBeGreaterThan(1)
  await expect.poll(() => stateOf('sms')).toBe('closed')
})

test('one message that always fails keeps nobody else waiting: what was not tried yet tries the channel first', async () => {
  answer = (_, text) => (text === 'm1' ? failed : undefined)
  await say('m1')
  for (let failures = 0; failures < 20 && stateOf('sms') !== 'open'; failures++) {
    now += 60_000
    await say(`wake ${failures}`, 'chat')
    await expect.poll(() => tries.includes(`wake ${failures}`) && isSettled()).toBe(true)
  }
  expect(stateOf('sms')).toBe('open')
  await say('of somebody else')
  for (let pause = 0; pause < 2; pause++) {
    const before = tries.length
    now += 10_000
    await say(`wake after pause ${pause}`, 'chat')
    // This one, and the one that tries the channel: by turns, the first that failed first.
    await expect.poll(() => tries.length >= before + 2 && isSettled()).toBe(true)
  }
  await expect.poll(() => tries).toContain('of somebody else')
})

test('a channel that rests and has nothing due is not asked again and again', async () => {
  let claims = 0
  await toy.remove()
  toy = await openToyLane(
    async (turn) => says(textOf(turn)),
    {
      channels: () => new Map([['sms', { ...channelOf('sms'), send: async () => failed }]]),
      limits: { breakerMs: 50, breakerFailures: 1, sendRetryMs: 60_000 },
      chance: () => 0.99,
    },
    (store) => ({ ...store, claimSends: (asked) => (claims++, store.claimSends(asked)) }),
  )
  await say('m1')
  await expect.poll(() => stateOf('sms')).toBe('open')
  await sleep(100)
  claims = 0
  await sleep(500)
  expect(claims).toBeLessThan(5)
})

test('what waits for a channel goes when a release brings it, though nobody writes', async () => {
  const channels = new Map<string, Channel>()
  await toy.remove()
  toy = await openToyLane(async (turn) => says(textOf(turn)), { channels: () => channels })
  await say('m1')
  channels.set('sms', channelOf('sms'))
  toy.lane.channelsChanged()
  await expect.poll(() => tries).toEqual(['m1'])
})
