import { expect, it } from 'vitest'
import type { Json } from '../../tree/json.ts'
import { expectHalted } from '../../testing/halting.ts'
import { ask, build, entered, input, no, node, ok, play, specOf } from '../../testing/play.ts'
import { playBoth, standing, standings } from '../../testing/standings.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const drawn = (weights: { [name: string]: number } | undefined, ...children: NodeSpec[]): NodeSpec =>
  node('randomSelector', weights && { weights }, ...children)
/** In this order, since each is drawn last of those that are left. */
const first = { b: 0, c: 0 }

it.each<[string, NodeSpec, string[]]>([
  ['a child succeeds', drawn(undefined, ok('a'), ok('b')), ['success']],
  ['a child fails: the next one drawn', drawn(undefined, no('a'), ok('b'), no('c')), ['success']],
  ['all fail', drawn(undefined, no('a'), no('b')), ['failure all_failed']],
  ['a child waits', drawn({ b: 0 }, ask('a'), no('b')), ['running input', 'success']],
  ['one waits after one that failed', drawn({ b: 0 }, no('a'), ask('b')), ['running input', 'success']],
])('%s', async (_, root, expected) => {
  expect(await standings(root, { events: expected.length > 1 ? [input('hello')] : [] })).toEqual(expected)
})

it('after the last every reason, in the order they were tried', async () => {
  const { failure } = await play(drawn({ a: 0 }, no('a'), no('b')))
  expect(failure).toEqual({ code: 'all_failed', reason: 'b: b said no; a: a said no' })
})

it('the order is drawn once, told, and kept over a wait', async () => {
  const rest = (name: string): NodeSpec => ({ op: 'sequence', name, children: [ask('w'), no('n')] })
  const { rests, trace } = await playBoth(drawn(undefined, rest('a'), rest('b'), rest('c')), {
    events: [input(1), input(2), input(3)],
  })
  expect(rests.map(standing)).toEqual(['running input', 'running input', 'running input', 'failure all_failed'])
  const told = trace.flatMap((event) => (event.kind === 'decision' ? [event.why] : []))
  const tried = trace.flatMap(({ kind, node }) => (kind === 'enter' && /^t\/[abc]$/.test(node) ? [node.slice(2)] : []))
  expect(told).toEqual([{ order: tried }])
  expect(tried.toSorted()).toEqual(['a', 'b', 'c'])
})

it('each is drawn first as often as its weight says, none of no weight before others', async () => {
  const counts: Record<string, number> = { a: 0, b: 0, c: 0 }
  for (let seed = 0; seed < 600; seed++) {
    const [, chosen] = entered(await play(drawn({ a: 3, c: 0 }, ok('a'), ok('b'), ok('c')), {}, { seed: `s${seed}` }))
    counts[chosen!]!++
  }
  expect(counts['c']).toBe(0)
  expect(counts['a']! / 600).toBeCloseTo(0.75, 1)
})

it('the same seed draws the same', async () => {
  const root = drawn(undefined, no('a'), no('b'), no('c'))
  expect(entered(await play(root))).toEqual(entered(await play(root)))
})

it('weights that are all nothing, or as large as numbers are, leave every child its turn', async () => {
  for (const weight of [0, Number.MAX_VALUE, Number.MIN_VALUE]) {
    const names = entered(await play(drawn({ a: weight, b: weight }, no('a'), no('b'))))
    expect(names.toSorted()).toEqual(['a', 'b', 't'])
  }
})

it('halted from above, in every way: its child first, and nothing is left', async () => {
  await expectHalted((leaf) => drawn(first, { ...leaf, name: 'a' }, ok('b'), ok('c')), ['around/a', 'around'])
})

it.each<[string, Json, RegExp]>([
  ['a weight below nothing', { weights: { a: -1 } }, /config.weights.a/],
  ['a weight that is no number', { weights: { a: '1' } }, /config.weights.a/],
  ['a weight of no child', { weights: { b: 1, c: 2 } }, /no child is named "b", "c"/],
  ['a weight of what all objects have', { weights: { constructor: 1 } }, /no child is named "constructor"/],
  ['an unknown key', { colour: 'red' }, /colour/],
])('refused: %s', (_, config, message) => {
  expect(() => build(specOf(node('randomSelector', config, ok('a'))))).toThrow(message)
})

it('refused: no child', () => {
  expect(() => build(specOf(drawn(undefined)))).toThrow(/1 or more children/)
})
