import { expect, it } from 'vitest'
import type { Json } from '../../tree/json.ts'
import { playBoth, standing, standings, timerAt } from '../../testing/standings.ts'
import { ask, build, entered, input, no, node, ok, play, specOf } from '../../testing/play.ts'

const cases = { 1: 'one', true: 'yes', x: 'asks', y: 'refuses' }
const children = [ok('one'), ok('yes'), ask('asks'), no('refuses')]
const bare = node('switch', { on: 'kind', cases }, ...children)
const withDefault = node('switch', { on: 'kind', cases, default: 'other' }, ...children, no('other'))

it.each<[Json, string[]]>([
  [1, ['success']],
  ['1', ['success']],
  [true, ['success']],
  ['y', ['failure refuses']],
  ['x', ['running input', 'success']],
])('%j: the child of its case answers, now or in another process', async (kind, expected) => {
  const events = expected.length > 1 ? [input('hello')] : []
  expect(await standings(bare, { cells: { kind }, events })).toEqual(expected)
})

it.each<[Json]>([['z'], [''], [null], [[1]], [{ a: 1 }], ['constructor'], ['__proto__']])(
  '%j is no case: the default, and without one a failure',
  async (kind) => {
    expect(await standings(bare, { cells: { kind } })).toEqual(['failure no_case'])
    expect(await standings(withDefault, { cells: { kind } })).toEqual(['failure other'])
  },
)

it('a missing field is no case, and only the chosen child is entered', async () => {
  expect(await standings(bare)).toEqual(['failure no_case'])
  expect(entered(await play(withDefault, { cells: { kind: 1 } }))).toEqual(['t', 'one'])
})

it.each<[string, Json, RegExp]>([
  ['an unknown key', { on: 'kind', cases: { 1: 'one' }, colour: 'red' }, /colour/],
  ['a case that leads nowhere', { on: 'kind', cases: { 1: 'one', 2: 'two' } }, /no child is named "two"/],
  ['a child that nothing leads to', { on: 'kind', cases: {} }, /no case leads to "one"/],
  ['a field that is not declared', { on: 'kin', cases: { 1: 'one' } }, /there is no field "kin"/],
])('refused: %s', (_, config, message) => {
  expect(() => build(specOf(node('switch', config, ok('one')), { fields: { kind: 'any' } }))).toThrow(message)
})

it('halted from above: the chosen child is halted first, and nothing is left waiting', async () => {
  const root = node('timeout', { ms: 50 }, bare, no('late'))
  const course = { cells: { kind: 'x' }, events: [timerAt(2_000), input('too late')] }
  const { rests, trace } = await playBoth(root, course)
  expect(rests.map(standing)).toEqual(['running input, timer 1050', 'failure late', 'ignored'])
  expect(trace.flatMap((event) => (event.kind === 'halt' ? [event.node] : []))).toEqual(['t/switch/asks', 't/switch'])
})
