import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { storyOf } from './why.ts'

const told = { turnId: 't1', attempts: 1, now: 0, committedAt: 40, events: [], trace: [] }
const storyLines = (more: Partial<Parameters<typeof storyOf>[0]>): string[] =>
  stripVTControlCharacters(storyOf({ ...told, ...more }, 2)).split('\n')

test('a turn says when it was, how long it took and that it was tried again', () => {
  expect(storyLines({ attempts: 3 })).toEqual(['turn 2  1970-01-01 00:00:00 UTC  took 40 ms  t1  try 3'])
})

test('a fault names its code, its place and its reason', () => {
  const trace = [{ kind: 'fault', code: 'livelock', node: 'refund/ask', reason: 'ask was entered 100 times.' }]
  expect(storyLines({ trace }).slice(1)).toEqual(['  fault livelock at ask: ask was entered 100 times.'])
})

test('a failure that goes up through its parents in the same words is told once', () => {
  const failed = (node: string) => ({ kind: 'settle', status: 'failure', node, code: 'no_order', reason: 'No order.' })
  expect(storyLines({ trace: [failed('a/b'), failed('a')] }).slice(1)).toEqual(['  no    b no_order: No order.'])
})

test('a turn that a person holds says so, and a timer says how late it rang', () => {
  const timer = { channel: 'sms', messageId: 'm', contact: { alias: 'a' }, kind: 'timer' as const }
  const events = [{ ...timer, data: { key: 'session:1', lateMs: 61_000 } }]
  const trace = [{ kind: 'held', owner: 'human', messages: 1 }]
  expect(storyLines({ events, trace }).slice(1)).toEqual([
    '  in    timer of the session 1 m 1 s late',
    '  held  a person has the conversation: it is kept for them, and no step ran',
  ])
})
