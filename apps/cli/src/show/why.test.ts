import { stripVTControlCharacters } from 'node:util'
import type { HandoffView, InterventionView } from '@copse/contracts'
import { expect, test } from 'vitest'
import { doneByHand } from './by-hand.ts'
import { stillOpen } from './open.ts'
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

test('a turn says how long after the one before it came, and what an operation answered in words', () => {
  const trace = [{ kind: 'write', key: 'order_data', by: 'tool', value: { found: true, total: 34.5, lines: [] } }]
  const story = storyOf({ ...told, now: 61_000, committedAt: 61_040, trace }, 2, told)
  expect(stripVTControlCharacters(story).split('\n')).toEqual([
    'turn 2  1970-01-01 00:01:01 UTC  1 m 1 s later  took 40 ms  t1',
    '  knows order_data = found true, total 34.5, lines none from tool',
  ])
})

test('what people did by hand stands where it happened, with who did it and why', () => {
  const by = (at: number, what: InterventionView['what'], detail = {}) => ({
    at,
    who: 'eva',
    what,
    subject: 'k'.repeat(64),
    detail,
  })
  const all = [
    by(1_000, 'owner', { owner: 'human', dropped: 2, reason: 'she asked' }),
    by(2_000, 'say', { text: 'Hello.' }),
    by(3_000, 'owner', { owner: 'bot', dropped: 0 }),
    by(4_000, 'resolve', { verdict: 'confirmed', reason: 'seen in the ledger' }),
    by(5_000, 'redrive'),
    by(6_000, 'redrive_send'),
  ]
  expect(doneByHand(all, 1_000, 5_000).map(stripVTControlCharacters)).toEqual([
    `by hand  1970-01-01 00:00:01 UTC  eva took the conversation, 2 unsent dropped  she asked
by hand  1970-01-01 00:00:02 UTC  eva said "Hello."
by hand  1970-01-01 00:00:03 UTC  eva gave the conversation back to the bot
by hand  1970-01-01 00:00:04 UTC  eva resolved effect kkkkkkkkkkkk as confirmed  seen in the ledger`,
  ])
  expect(doneByHand(all, 5_000, Infinity)[0]).toMatch(/tried again\n.* sent again/)
  expect(doneByHand(all, 7_000, Infinity)).toEqual([])
})

test('of handoffs, what is closed is not open, and what somebody has is theirs', () => {
  const handoff = (state: HandoffView['state'], takenBy?: string) => ({
    id: state,
    reason: state,
    summary: '',
    data: {},
    turnId: 't',
    sessionId: 's',
    contactId: 'c',
    conversationId: 'v1',
    createdAt: 0,
    state,
    ...(takenBy === undefined ? {} : { takenBy }),
  })
  const open = (handoffs: HandoffView[]) =>
    stillOpen({ timers: [], effects: [], handoffs }, 60_000).map(stripVTControlCharacters)
  expect(open([handoff('closed')])).toEqual([])
  expect(open([handoff('open'), handoff('taken', 'eva'), handoff('closed')])).toEqual([
    'open',
    '  handoff  open, 1 m ago',
    '           copse owner v1 human',
    '  handoff  taken, 1 m ago, eva has it',
    '           copse owner v1 bot',
  ])
})
