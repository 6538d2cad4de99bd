import { expect, it } from 'vitest'
import type { TraceEvent } from '../../run/events.ts'
import { playBoth, standing, standings, timerAt } from '../../testing/standings.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { ask, called, build, input, no, node, ok, specOf } from '../../testing/play.ts'

const row = (...children: NodeSpec[]) => node('reactiveSelector', {}, ...children)

it.each([
  ['the first succeeds', row(ok('a'), ask('b')), ['success']],
  ['the last succeeds', row(no('a'), ok('b')), ['success']],
  ['all fail', row(no('a'), no('b')), ['failure all_failed']],
  ['one waits', row(no('a'), ask('b'), no('c')), ['running input', 'success']],
])('%s', async (_, root, expected) => {
  expect(await standings(root, { events: expected.length > 1 ? [input('hello')] : [] })).toEqual(expected)
})

it('refused: no child, an unknown key, two children that do more than look', () => {
  expect(() => build(specOf(row()))).toThrow(/1 or more children/)
  expect(() => build(specOf(node('reactiveSelector', { max: 1 }, ok('a'))))).toThrow(/max/)
  expect(() => build(specOf(row(ask('a'), ask('b'))))).toThrow(/only one child may do more than look; "a" and "b" do/)
})

it('what stands before is looked at again at every event, and stops the child that runs', async () => {
  const looks = node('assert', { condition: { field: 'go', is: 1 } })
  const talks = called('talks', node('sequence', {}, ask('a'), node('write', { key: 'go', value: 1 }), ask('b')))
  const { rests, trace } = await playBoth(row(looks, talks), { events: [input(1), input(2)] })
  expect(rests.map(standing)).toEqual(['running input', 'running input', 'success'])
  expect(halted(trace)).toEqual(['t/talks/b', 't/talks'])
})

it('halted from above: the child that runs is halted first, and nothing is left waiting', async () => {
  const root = node('timeout', { ms: 50 }, row(ask('a'), no('b')), no('late'))
  const { rests, trace } = await playBoth(root, { events: [timerAt(2_000), input('too late')] })
  expect(rests.map(standing)).toEqual(['running input, timer 1050', 'failure late', 'ignored'])
  expect(halted(trace)).toEqual(['t/reactiveSelector/a', 't/reactiveSelector'])
})

function halted(trace: readonly TraceEvent[]): string[] {
  return trace.flatMap((event) => (event.kind === 'halt' ? [event.node] : []))
}
