import { expect, it } from 'vitest'
import type { TraceEvent } from '../../run/events.ts'
import { playBoth, standing, standings, timerAt } from '../../testing/standings.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { ask, called, build, input, no, node, ok, specOf } from '../../testing/play.ts'

const row = (...children: NodeSpec[]) => node('reactiveSequence', {}, ...children)

it.each([
  ['all succeed', row(ok('a'), ok('b')), ['success']],
  ['the first fails', row(no('a'), ask('b')), ['failure a']],
  ['the last fails', row(ok('a'), no('b')), ['failure b']],
  ['one waits', row(ok('a'), ask('b'), ok('c')), ['running input', 'success']],
  ['one waits, and what follows fails', row(ok('a'), ask('b'), no('c')), ['running input', 'failure c']],
])('%s', async (_, root, expected) => {
  expect(await standings(root, { events: expected.length > 1 ? [input('hello')] : [] })).toEqual(expected)
})

it('refused: no child, an unknown key, two children that do more than look', () => {
  expect(() => build(specOf(row()))).toThrow(/1 or more children/)
  expect(() => build(specOf(node('reactiveSequence', { max: 1 }, ok('a'))))).toThrow(/max/)
  expect(() => build(specOf(row(ask('a'), ask('b'))))).toThrow(/only one child may do more than look; "a" and "b" do/)
})

it('what stands before is looked at again at every event, and stops the child that runs', async () => {
  const looks = node('assert', { condition: { field: 'go', is: 1 } })
  const talks = called('talks', node('sequence', {}, ask('a'), node('write', { key: 'go', value: 0 }), ask('b')))
  const { rests, trace } = await playBoth(row(looks, talks), { cells: { go: 1 }, events: [input(1), input(2)] })
  expect(rests.map(standing)).toEqual(['running input', 'running input', 'failure condition_false'])
  expect(halted(trace)).toEqual(['t/talks/b', 't/talks'])
})

it('halted from above: the child that runs is halted first, and nothing is left waiting', async () => {
  const root = node('timeout', { ms: 50 }, row(ask('a'), ok('b')), no('late'))
  const { rests, trace } = await playBoth(root, { events: [timerAt(2_000), input('too late')] })
  expect(rests.map(standing)).toEqual(['running input, timer 1050', 'failure late', 'ignored'])
  expect(halted(trace)).toEqual(['t/reactiveSequence/a', 't/reactiveSequence'])
})

function halted(trace: readonly TraceEvent[]): string[] {
  return trace.flatMap((event) => (event.kind === 'halt' ? [event.node] : []))
}
