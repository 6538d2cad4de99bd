import { expect, it } from 'vitest'
import type { Fields } from '../../tree/fields.ts'
import type { Json } from '../../tree/json.ts'
import { expectHalted } from '../../testing/halting.ts'
import { ask, build, input, no, node, ok, play, specOf, valueOf } from '../../testing/play.ts'
import { playBoth, standing, standings } from '../../testing/standings.ts'
import type { NodeSpec, SubtreeSpec } from '../../tree/spec.ts'

const use = (config: { [key: string]: Json } = {}): NodeSpec => node('subtree', { use: 'part', ...config })
const part = (root: NodeSpec, ports?: { in?: Fields; out?: Fields }): { subtrees: Record<string, SubtreeSpec> } => ({
  subtrees: { part: { root, ...(ports && { ports }) } },
})
const write = (key: string, value: Json): NodeSpec => node('write', { key, value })
const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)

it.each<[string, NodeSpec, string[]]>([
  ['succeeds', ok('a'), ['success']],
  ['fails, with its code', no('a'), ['failure a']],
  ['waits', ask('a'), ['running input', 'success']],
  ['waits and fails', row(ask('a'), no('b')), ['running input', 'failure b']],
])('the subtree %s', async (_, root, expected) => {
  expect(await standings(use(), { spec: part(root), events: expected.length > 1 ? [input(1)] : [] })).toEqual(expected)
})

it('its ports go in when it is entered and come out when it succeeds, also after a wait', async () => {
  const ports = { in: { given: 'string' }, out: { left: 'string' } } satisfies { in: Fields; out: Fields }
  const spec = part(row(ask('a'), node('write', { key: 'left', from: 'given' })), ports)
  const root = use({ in: { given: 'from.deep' }, out: { left: 'to' } })
  const course = { spec, cells: { from: { deep: 'x' } }, events: [input(1)] }
  const { rests, snapshot } = await playBoth(root, course)
  expect(rests.map(standing)).toEqual(['running input', 'success'])
  expect(snapshot.scopes).toEqual({
    '': { from: { value: { deep: 'x' }, by: 'system' }, to: { value: 'x', by: 'system' } },
  })
})

it('ports are looked at in one order, however they are listed: a tree is known by a hash that knows no order', async () => {
  const ports = { in: { a: 'any', b: 'any' }, out: { c: 'any', d: 'any' } } satisfies { in: Fields; out: Fields }
  const spec = part(row(write('d', 1), { ...write('c', 2), name: 'c' }), ports)
  const traceOf = async (config: { [key: string]: Json }, cells = {}) =>
    (await play(build(specOf(use(config), spec)), { cells })).trace
  const given = { a: { value: 1 }, b: { value: 2 } }
  const back = { b: { value: 2 }, a: { value: 1 } }
  const one = await traceOf({ in: given, out: { c: 'x', d: 'y' } })
  expect(await traceOf({ in: back, out: { d: 'y', c: 'x' } })).toEqual(one)
  const missing = await traceOf({ in: { a: 'no', b: 'none' } })
  expect(await traceOf({ in: { b: 'none', a: 'no' } })).toEqual(missing)
})

it('what fails writes no port', async () => {
  const spec = part(row(write('left', 1), no('a')), { out: { left: 'number' } })
  const { snapshot } = await playBoth(use({ out: { left: 'to' } }), { spec })
  expect(snapshot.scopes).toEqual({ '': {} })
})

it.each<[string, Json | undefined, string]>([
  ['missing', undefined, 'failure port_missing'],
  ['null', null, 'failure port_type'],
  ['of another type', '1', 'failure port_type'],
  ['as it should be', 1, 'success'],
])('what should go in is %s', async (_, value, expected) => {
  const spec = part(ok('a'), { in: { given: 'number' } })
  const cells = value === undefined ? {} : { from: value }
  expect(await standings(use({ in: { given: 'from' } }), { spec, cells })).toEqual([expected])
})

it.each<[string, NodeSpec, string]>([
  ['missing', ok('a'), 'failure port_missing'],
  ['taken back', row(write('left', 1), node('forget', { key: 'left' })), 'failure port_missing'],
  ['of another type', node('parseJson', { from: 'text', key: 'left' }), 'failure port_type'],
  ['as it should be', write('left', 1), 'success'],
])('what should come out is %s', async (_, root, expected) => {
  const spec = part(root, { in: { text: 'string' }, out: { left: 'number' } })
  const { rests, snapshot } = await playBoth(use({ in: { text: { value: '"x"' } }, out: { left: 'to' } }), { spec })
  expect(rests.map(standing)).toEqual([expected])
  expect(Object.keys(snapshot.scopes)).toEqual([''])
  expect(valueOf(snapshot, 'to')).toBe(expected === 'success' ? 1 : undefined)
})

it('what is outside is read only when it is inherited, and never what is private', async () => {
  const sees = (config: { [key: string]: Json }, from: string) =>
    standings(use(config), { spec: part(node('write', { key: 'seen', from })), cells: { open: 1, _private: 2 } })
  expect(await sees({}, 'open')).toEqual(['failure nothing_to_write'])
  expect(await sees({ inherit: true }, 'open')).toEqual(['success'])
  expect(await sees({ inherit: true }, '_private')).toEqual(['failure nothing_to_write'])
})

it('entered again it has a new blackboard', async () => {
  const root = node('repeat', { times: 2 }, use())
  const spec = part(
    node('selector', {}, row(node('assert', { condition: { field: 'x', is: 1 } }), no('old')), write('x', 1)),
  )
  const { status, trace } = await play(build(specOf(root, spec)))
  expect(status).toBe('success')
  expect(trace.filter(({ kind }) => kind === 'write')).toHaveLength(2)
})

it('halted from above, in every way: what is in it first, and nothing is left', async () => {
  await expectHalted(() => use(), ['around/in', 'around'], {
    spec: (leaf) => part({ ...leaf, name: 'in' }),
  })
})

it.each<[string, Json, RegExp]>([
  ['no name', {}, /config.use/],
  ['a subtree that is not there', { use: 'other' }, /there is no subtree "other"/],
  ['one that all objects have', { use: 'constructor' }, /there is no subtree "constructor"/],
  ['a port that is not given', { use: 'part' }, /the port "a" of "part" is not given/],
  ['a port that is not declared', { use: 'part', in: { a: 'x', b: 'x' } }, /declares no port "b" that goes in/],
  [
    'a way out that is not declared',
    { use: 'part', in: { a: 'x' }, out: { a: 'x' } },
    /declares no port "a" that goes out/,
  ],
  ['a value of another type', { use: 'part', in: { a: { value: 'x' } } }, /takes number/],
  ['an unknown key', { use: 'part', in: { a: 'x' }, colour: 'red' }, /colour/],
])('refused: %s', (_, config, message) => {
  expect(() => build(specOf(node('subtree', config), part(ok('a'), { in: { a: 'number' } })))).toThrow(message)
})

it('refused: children of its own, and a subtree in itself', () => {
  expect(() => build(specOf(node('subtree', { use: 'part' }, ok('x')), part(ok('a'))))).toThrow(/0 children/)
  expect(() => build(specOf(use(), part(use())))).toThrow(/in a circle: part -> part/)
})
