import { describe, expect, it } from 'vitest'
import { ask, build, called, input, no, node, ok, play, specOf } from '../../testing/play.ts'
import { playBoth, standings, timerAt, type TimedEvent } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const within = (child: NodeSpec, fallback?: NodeSpec): NodeSpec =>
  node('timeout', { ms: 100 }, child, ...(fallback === undefined ? [] : [fallback]))
const parked = 'running input, timer 1100'
const said = (now: number): TimedEvent => ({ ...input('x'), now })
const late = node('sequence', undefined, ask('w'), no('a'))

describe('timeout', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[]]>([
    ['success', within(ok('a')), [], ['success']],
    ['failure', within(no('a')), [], ['failure a']],
    ['failure, which is no reason for the fallback', within(no('a'), ok('b')), [], ['failure a']],
    ['success after a wait', within(ask('w')), [said(1_099)], [parked, 'success']],
    ['failure after a wait', within(late, ok('b')), [said(1_099)], [parked, 'failure a']],
    ['the deadline', within(ask('w')), [timerAt(1_100)], [parked, 'failure timed_out']],
    ['the deadline, long ago', within(ask('w')), [timerAt(9e15)], [parked, 'failure timed_out']],
    ['the deadline, too early', within(ask('w')), [timerAt(1_099)], [parked, 'ignored']],
    ['a clock that was put back', within(ask('w')), [timerAt(0), said(5)], [parked, 'ignored', 'success']],
    ['an answer that came too late', within(ask('w')), [said(1_100)], [parked, 'failure timed_out']],
    ['the deadline, with a fallback', within(ask('w'), ok('b')), [timerAt(1_100)], [parked, 'success']],
    ['the deadline, and a fallback that fails', within(ask('w'), no('b')), [timerAt(1_100)], [parked, 'failure b']],
    [
      'the deadline, and a fallback that waits',
      within(ask('w'), ask('v')),
      [timerAt(1_100), timerAt(2_000), input(1)],
      [parked, 'running input', 'ignored', 'success'],
    ],
  ])('does what it says for %s', async (_, root, events, expected) => {
    expect(await standings(root, { events })).toEqual(expected)
  })

  it('halts what is below when the deadline passes, and leaves the answer to whoever waits then', async () => {
    const root = within(called('first', late), called('second', ask('v')))
    const { rests, trace } = await playBoth(root, { events: [said(1_100)] })
    expect(rests[1]!.waits).toMatchObject([{ node: 't/second' }])
    const halts = trace.flatMap((event) => (event.kind === 'halt' ? [`${event.node} ${event.reason}`] : []))
    expect(halts).toEqual(['t/first/w timeout', 't/first timeout'])
  })

  it('inside another: the earlier deadline decides, and the outer one goes on counting', async () => {
    const root = node('timeout', { ms: 150 }, within(ask('w'), ask('v')))
    const expected = ['running input, timer 1100, timer 1150', 'running input, timer 1150', 'failure timed_out']
    expect(await standings(root, { events: [timerAt(1_100), timerAt(1_150)] })).toEqual(expected)
    expect((await standings(root, { events: [timerAt(5_000)] }))[1]).toBe('failure timed_out')
  })

  it('begins anew in each round of what is around it', async () => {
    const root = node('repeat', { times: 2 }, within(ask('w')))
    expect(await standings(root, { events: [said(1_050), said(1_149)] })).toEqual([
      parked,
      'running input, timer 1150',
      'success',
    ])
  })

  it('may be as far away as numbers go', async () => {
    const { rests } = await playBoth(node('timeout', { ms: Number.MAX_SAFE_INTEGER }, ask('w')), {
      events: [said(9e15)],
    })
    expect(rests.map(({ status }) => status)).toEqual(['running', 'success'])
  })
})

describe('a timeout until the moment of a field', () => {
  const until = (...children: NodeSpec[]) => node('timeout', { until: 'due' }, ...children)

  it.each<[Json, string]>([
    [1_500, 'running input, timer 1500'],
    ['1970-01-01T00:00:01.500Z', 'running input, timer 1500'],
    ['1970-01-01T02:00:01.500+02:00', 'running input, timer 1500'],
    [1_000, 'failure timed_out'],
    [-1e308, 'failure timed_out'],
    ['1970-01-01', 'failure no_deadline'],
    ['soon', 'failure no_deadline'],
    [null, 'failure no_deadline'],
    [{}, 'failure no_deadline'],
  ])('that holds %j', async (due, expected) => {
    expect(await standings(until(ask('w')), { cells: { due } })).toEqual([expected])
  })

  it('enters the fallback at once when that is over, and the child never', async () => {
    const { trace } = await playBoth(until(no('a'), ok('b')), { cells: { due: 1_000 } })
    expect(trace.flatMap((event) => (event.kind === 'enter' ? [event.node] : []))).toEqual(['t', 't/b'])
  })

  it('has no deadline where there is no field, fallback or not', async () => {
    expect((await play(until(ask('w'), ok('b')))).failure).toMatchObject({ code: 'no_deadline' })
  })
})

it.each<[Json, string]>([
  [{}, 'give `ms` or `until`'],
  [{ ms: 5, until: 'due' }, 'not 2 of them'],
  [{ until: 'nowhere' }, 'there is no field "nowhere"'],
  [{ until: '__proto__' }, 'there is no field "__proto__"'],
  ...[0, -1, 1.5, 2 ** 53, '3', null].map((ms): [Json, string] => [{ ms }, 't: config.ms']),
])('a timeout of %j is refused', (config, message) => {
  expect(() => build(specOf(node('timeout', config, ok('a')), { fields: { due: 'any' } }))).toThrow(message)
})
