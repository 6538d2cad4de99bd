import { expect, it } from 'vitest'
import type { Json } from '../../tree/json.ts'
import { expectHalted } from '../../testing/halting.ts'
import { ask, build, called, entered, input, no, node, ok, play, specOf, valueOf } from '../../testing/play.ts'
import { playBoth, standing, standings } from '../../testing/standings.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const each = (config: { [key: string]: Json }, ...children: NodeSpec[]): NodeSpec =>
  called('each', node('gather', config, ...children))
const itemOf = (path: string, child: NodeSpec): NodeSpec => node('return', { path }, child)
const waits = row(node('wait', { kind: 'event', keyFrom: 'item' }))
const come = (key: string, data: Json = null) => ({ kind: 'event', key, data }) as const
const resultOf = async (root: NodeSpec, list: Json, events: ReturnType<typeof come>[] = []) => {
  const { rests, result } = await playBoth(root, { cells: { list }, events, spec: { returns: true } })
  return [rests.map(standing).at(-1), result]
}

it('every child succeeds: success with what they left, in the order of the items, null for nothing', async () => {
  const field = { items: 'list', max: 3 }
  expect(await resultOf(each(field, itemOf('item', ok('a'))), ['x', 2])).toEqual(['success', ['x', 2]])
  expect(await resultOf(each(field, itemOf('index', ok('a'))), ['x', 2])).toEqual(['success', [0, 1]])
  expect(await resultOf(each({ ...field, as: 'one' }, itemOf('one', ok('a'))), [3])).toEqual(['success', [3]])
  expect(await resultOf(each(field, ok('a')), [1, 2])).toEqual(['success', [null, null]])
  expect(await resultOf(each(field, no('a')), [])).toEqual(['success', []])
  const given = each({ items: ['p', 'q'] }, called('a', itemOf('item', ok('x'))), called('b', itemOf('index', ok('x'))))
  expect(await resultOf(given, null)).toEqual(['success', ['p', 1]])
})

it('children that wait are woken one by one, whoever comes first, and a stranger wakes none', async () => {
  const root = each({ items: 'list', max: 3 }, waits)
  const events = [come('nobody'), come('c', 3), come('a', 1), come('b', 2)]
  const course = { cells: { list: ['a', 'b', 'c'] }, events, spec: { returns: true as const } }
  const { rests, result } = await playBoth(root, course)
  expect(rests.map(standing)).toEqual([
    'running event, event, event',
    'ignored',
    'running event, event',
    'running event',
    'success',
  ])
  expect(result).toEqual([1, 2, 3])
})

it('one fails: the others are halted, none is started, and the list is as far as it came', async () => {
  const leaves = row(waits, node('assert', { condition: { field: 'index', is: 1 } }))
  const root = each({ items: 'list', max: 4, concurrency: 3 }, leaves)
  const events = [come('b', 'B'), come('a', 'A')]
  const { rests, result, trace } = await playBoth(root, {
    cells: { list: ['a', 'b', 'c', 'd'] },
    events,
    spec: { returns: true },
  })
  expect(rests.map(standing).at(-1)).toBe('failure condition_false')
  // Also what the one left that failed.
  expect(result).toEqual(['A', 'B', null, null])
  const stopped = trace.flatMap((event) => (event.kind === 'halt' ? [event.node] : []))
  expect(stopped.filter((id) => id.endsWith('wait'))).toHaveLength(2)
  expect(Object.keys(rests.at(-1)!.snapshot.scopes)).toEqual([''])
})

it('no more run at the same time than may', async () => {
  const course = { cells: { list: ['a', 'b', 'c'] }, events: [come('b'), come('a'), come('c')] }
  expect(await standings(each({ items: 'list', max: 3, concurrency: 2 }, waits), course)).toEqual([
    'running event, event',
    'running event, event',
    'running event',
    'success',
  ])
})

it.each<[Json, string]>([
  ['text', 'failure not_a_list'],
  [null, 'failure not_a_list'],
  [{ length: 1, 0: 'a' }, 'failure not_a_list'],
  [[1, 2, 3], 'failure too_many_items'],
  [[null, { __proto__: 1 }], 'success'],
])('the field holds %j: %s', async (list, expected) => {
  expect(await standings(each({ items: 'list', max: 2 }, ok('a')), { cells: { list } })).toEqual([expected])
})

it('a field that is missing is no list', async () => {
  expect(await standings(each({ items: 'constructor', max: 2 }, ok('a')))).toEqual(['failure not_a_list'])
})

it('what is outside is read only when it is inherited, never what is private, and nothing gets out', async () => {
  const see = (from: string): NodeSpec => node('write', { key: 'seen', from })
  const run = (config: { [key: string]: Json }, from: string) =>
    standings(each({ items: [1], ...config }, see(from)), { cells: { open: 1, _private: 2 } })
  expect(await run({}, 'open')).toEqual(['failure nothing_to_write'])
  expect(await run({ inherit: true }, 'open')).toEqual(['success'])
  expect(await run({ inherit: true }, '_private')).toEqual(['failure nothing_to_write'])
  const { snapshot } = await play(each({ items: [1], inherit: true }, node('write', { key: 'open', value: 9 })), {
    cells: { open: 1 },
  })
  expect(valueOf(snapshot, 'open')).toBe(1)
})

it('an item called as what all objects have is an item', async () => {
  const root = each({ items: 'list', as: '__proto__', max: 1 }, itemOf('__proto__', ask('a')))
  const course = { cells: { list: ['x'] }, events: [input(1)], spec: { returns: true as const } }
  expect((await playBoth(root, course)).result).toEqual(['x'])
})

it('entered again it starts from the first item', async () => {
  const root = node('repeat', { times: 2 }, each({ items: [1, 2] }, ok('a'), ok('b')))
  expect(entered(await play(root)).filter((name) => name !== 't')).toEqual(['each', 'a', 'b', 'each', 'a', 'b'])
})

it('halted from above, in every way: its children first, and nothing is left', async () => {
  await expectHalted((leaf) => node('gather', { items: [1, 2] }, ok('a'), called('b', leaf)), ['around/b', 'around'])
})

it.each<[string, Json, RegExp]>([
  ['no list', {}, /config/],
  ['an empty list', { items: [] }, /config/],
  ['a field without a limit', { items: 'list' }, /say how many/],
  ['no more than nothing', { items: 'list', max: 0 }, /config.max/],
  ['too many', { items: 'list', max: 1_001 }, /config.max/],
  ['none at a time', { items: [1], concurrency: 0 }, /config.concurrency/],
  ['an item that is called like the index', { items: [1], as: 'index' }, /config.as/],
  ['an item whose name is a path', { items: [1], as: 'a.b' }, /config.as/],
  ['an unknown key', { items: [1], colour: 'red' }, /colour/],
  ['more items than children', { items: [1, 2] }, /2 items need as many children, not 1/],
])('refused: %s', (_, config, message) => {
  expect(() => build(specOf(node('gather', config, ok('a'))))).toThrow(message)
})
