import type { Channel } from '@copse/contracts'
import { afterEach, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, says } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const channelOf = (quietMs: number): Channel => ({
  name: 'sms',
  limits: { name: 'sms', textLength: 9, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0, quietMs },
  delivery: 'pull',
})
/** A turn answers with all that it was given. The clock stands still unless a test moves it. */
const open = async (quietMs: number, more: { failing?: boolean } = {}) => {
  const time = { now: 1_000 }
  const tries: string[][] = []
  toy = await openToyLane(
    async (turn) => {
      const heard = turn.events.map(({ text, payload }) => text ?? payload ?? turn.events[0]!.kind)
      tries.push(heard)
      if (more.failing) throw new Error('a bug')
      return says(heard.join(' + '))
    },
    { channels: () => new Map([['sms', channelOf(quietMs)]]), clock: { now: () => time.now } },
  )
  return { time, tries }
}
const sms = (id: string, more = {}) => message(id, 'ana', { channel: 'sms', ...more })
const tap = { kind: 'payload', text: undefined, payload: 'yes' } as const
const answers = async (...ids: number[]) =>
  Promise.all(ids.map(async (id) => (await toy.lane.settled(id, 5_000))?.messages[0]?.text))

test('messages in a row are one turn with one answer for each of them, when the conversation was quiet', async () => {
  const { time } = await open(20)
  const [one] = await toy.lane.submitAll([sms('m1')])
  time.now += 15
  const [two] = await toy.lane.submitAll([sms('m2')])
  time.now += 20
  expect(await answers(one!.inboxId, two!.inboxId)).toEqual(['m1 + m2', 'm1 + m2'])
})

test('nobody waits for more once the customer tapped: the texts before it and the tap are two turns at once', async () => {
  await open(60_000)
  const { inboxId: first } = await toy.lane.submit(sms('m1'))
  const { inboxId: tapped } = await toy.lane.submit(sms('m2', tap))
  expect(await answers(first, tapped)).toEqual(['m1', 'yes'])
})

test.each([
  ['a tap', tap],
  ['a timer', { kind: 'timer', text: undefined }],
  ['a finished job', { kind: 'job', text: undefined }],
  ['an approval', { kind: 'approval', text: undefined }],
])('%s does not wait', async (_, event) => {
  await open(60_000)
  const { inboxId } = await toy.lane.submit(sms('m1', event))
  expect(await answers(inboxId)).toEqual([event.kind === 'payload' ? 'yes' : event.kind])
})

test('one who waits does not keep another waiting, and what waits is handled at once after a restart', async () => {
  await open(60_000)
  const { inboxId } = await toy.lane.submit(sms('m1'))
  expect((await toy.say('web', 'bea')).messages).toEqual([{ text: 'web' }])
  expect(await toy.store.reply(inboxId)).toBeUndefined()
  await toy.reopen(async (turn) => says(`after the restart: ${turn.events.length}`))
  expect(await answers(inboxId)).toEqual(['after the restart: 1'])
})

test('a burst that cannot be handled is tried three times as it was, buried together, and redriven together', async () => {
  const { time, tries } = await open(20, { failing: true })
  const [one, two] = await toy.lane.submitAll([sms('m1'), sms('m2')])
  time.now += 20
  await answers(one!.inboxId, two!.inboxId)
  expect(tries).toEqual([
    ['m1', 'm2'],
    ['m1', 'm2'],
    ['m1', 'm2'],
  ])
  expect(await toy.store.handoffs()).toMatchObject([{ data: { text: 'm1\nm2' } }])
  expect(await toy.store.deadLetters()).toHaveLength(2)
  await toy.reopen(async (turn) => says(turn.events.map(({ text }) => text).join(' + ')))
  await toy.lane.redrive(two!.inboxId, 'op')
  expect(await answers(one!.inboxId, two!.inboxId)).toEqual(['m1 + m2', 'm1 + m2'])
})
