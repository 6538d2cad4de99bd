import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { called, condition, node, no, ok, build, specOf } from '../testing/play.ts'
import { randomTree } from '../testing/random-tree.ts'
import { compile } from './compile.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { treeHash } from './hash.ts'
import { nodes } from '../nodes/all.ts'
import { createRegistry, defineNode } from './registry.ts'
import type { Json } from './json.ts'
import type { NodeSpec } from './spec.ts'
import { Success } from './status.ts'

function faultsOf(spec: unknown, limits?: { depth?: number; nodes?: number }): readonly TreeFault[] {
  try {
    compile(spec, createRegistry(nodes), limits === undefined ? { condition } : { condition, limits })
  } catch (error) {
    if (error instanceof TreeError) return error.faults
    throw error
  }
  return []
}

test('ids are paths of names, and of ops where there is no name', () => {
  const inner = called('check', node('sequence', undefined, ok('first'), node('invert', undefined, ok('second'))))
  expect(build(specOf(node('selector', undefined, inner, no('last')), { id: 'refund' })).ids).toEqual([
    'refund',
    'refund/check',
    'refund/last',
    'refund/check/first',
    'refund/check/invert',
    'refund/check/invert/second',
  ])
})

test('the children of a node stand side by side in the tables', () => {
  const tree = build(
    specOf(node('sequence', undefined, called('a', node('sequence', undefined, ok('x'), ok('y'))), ok('b'))),
  )
  const childrenOf = (id: string) => {
    const index = tree.byId.get(id)!
    return tree.ids.slice(tree.first[index], tree.end[index])
  }
  expect(childrenOf('t')).toEqual(['t/a', 't/b'])
  expect(childrenOf('t/a')).toEqual(['t/a/x', 't/a/y'])
  expect(childrenOf('t/b')).toEqual([])
  expect(tree.parent[tree.byId.get('t/a/y')!]).toBe(tree.byId.get('t/a'))
})

test('ids do not move when a sibling is inserted anywhere', () => {
  fc.assert(
    fc.property(randomTree, fc.nat(), (root, where) => {
      const before = build(specOf(root)).ids
      const copy = structuredClone(root)
      const lists = roomFor(copy)
      fc.pre(lists.length > 0)
      const list = lists[where % lists.length]!
      list.splice(where % (list.length + 1), 0, ok('inserted'))
      const after = new Set(build(specOf(copy)).ids)
      expect(before.filter((id) => !after.has(id))).toEqual([])
      expect(after.size).toBe(before.length + 1)
    }),
    { numRuns: 60 },
  )
})

test('the hash does not depend on the order of keys, but on everything else', () => {
  const spec = specOf(node('fail', { code: 'a', reason: 'b' }))
  const turned = { root: { config: { reason: 'b', code: 'a' }, op: 'fail' }, version: '1', id: 't', v: 1 }
  expect(build(spec).hash).toBe(compile(turned, createRegistry(nodes), { condition }).hash)
  expect(treeHash(turned)).toBe(treeHash(spec))
  expect(treeHash({ ...spec, version: '2' })).not.toBe(treeHash(spec))
  expect(treeHash(specOf(node('fail', { code: 'a', reason: 'c' })))).not.toBe(treeHash(spec))
})

test('all faults of a spec are reported at once, each with the id of its node', () => {
  const spec = specOf(
    node(
      'sequence',
      undefined,
      ok('twin'),
      ok('twin'),
      called('odd', node('dance')),
      called('bare', node('fail')),
      called('empty', node('selector')),
      called('two', node('invert', undefined, ok('a'), ok('b'))),
      called('unclear', node('assert', { condition: {} })),
      called('deep', node('sequence', undefined, called('below', node('write', { key: '' })))),
      { op: 'succeed', name: 'a/b' },
      { op: 'succeed', name: 'more', colour: 'red' } as NodeSpec,
    ),
  )
  expect(faultsOf(spec)).toEqual([
    { id: 't/twin', message: 'two siblings have this name; give one of them another name' },
    { id: 't/odd', message: 'unknown op "dance"' },
    { id: 't/bare', message: expect.stringContaining('config.code:') },
    { id: 't/empty', message: '"selector" takes 1 or more children, not 0' },
    { id: 't/two', message: '"invert" takes 1 child, not 2' },
    { id: 't/unclear', message: 'a condition needs a field' },
    { id: 't/a/b', message: expect.stringContaining('may not contain "/"') },
    { id: 't/more', message: expect.stringContaining('colour') },
    { id: 't/deep/below', message: expect.stringContaining('config.key:') },
    { id: 't/deep/below', message: expect.stringContaining('config.value:') },
  ])
})

test('a config that is refused is no fault of who asks what is below', () => {
  const writing = node('write', { key: 'x' })
  const around = node('parallel', undefined, ok('a'), node('sequence', undefined, writing))
  expect(faultsOf(specOf(around)).map(({ id }) => id)).toEqual(['t/sequence/write'])
})

test.each<[string, NodeSpec]>([
  ['a bare config', node('assert')],
  ['a condition', node('assert', { condition: {} })],
  ['an unknown op', node('dance')],
  ['a wrong number of children', node('invert')],
  ['a bare config further down', node('invert', undefined, node('assert'))],
])('%s that is refused is not held against what reacts above it as well', (_, wrong) => {
  for (const op of ['reactiveSequence', 'reactiveSelector']) {
    const root = node(
      op,
      undefined,
      called('a', wrong),
      called('b', wrong),
      called('c', node('wait', { kind: 'input' })),
    )
    const ids = faultsOf(specOf(root)).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(1)
    expect(ids).not.toContain('t')
  }
})

test('what is no spec at all is refused as one', () => {
  for (const nonsense of [undefined, null, 7, 'tree', [], {}, { v: 2, id: 't', version: '1', root: node('succeed') }]) {
    expect(faultsOf(nonsense).length).toBeGreaterThan(0)
  }
  expect(faultsOf({ v: 1, id: 't', version: '1', root: 'succeed' })).toMatchObject([{ id: 't' }])
  expect(faultsOf({ v: 1, id: 't', version: '1', root: node('sequence', undefined, null as never) })).toMatchObject([
    { id: 't/#0' },
  ])
})

const nested = (depth: number): NodeSpec => {
  let spec = ok('leaf')
  for (let level = 1; level < depth; level++) spec = node('invert', undefined, spec)
  return spec
}

test('a name that no JSON object can hold as a key is refused', () => {
  const refused = /may not be "__proto__"/
  expect(faultsOf(specOf(ok('a'), { id: '__proto__' }))).toMatchObject([{ message: refused }])
  expect(faultsOf(specOf(node('sequence', undefined, ok('__proto__'))))).toMatchObject([{ message: refused }])
})

test('256 levels are accepted, 257 are not', () => {
  expect(faultsOf(specOf(nested(256)))).toEqual([])
  const [fault, ...others] = faultsOf(specOf(nested(257)))
  expect(fault).toMatchObject({ id: `t${'/invert'.repeat(255)}`, message: 'the tree is deeper than 256 levels' })
  expect(others).toEqual([])
})

test('the depth may be limited otherwise', () => {
  expect(faultsOf(specOf(nested(4)), { depth: 3 })).toMatchObject([{ message: 'the tree is deeper than 3 levels' }])
  expect(faultsOf(specOf(nested(1000)), { depth: 1000 })).toEqual([])
})

test('a spec 100,000 levels deep is refused like any other, not by a stack overflow', () => {
  expect(faultsOf(specOf(nested(100_000)))).toHaveLength(1)
  let json: Json = 1
  for (let level = 0; level < 100_000; level++) json = [json]
  expect(faultsOf(specOf(node('write', { key: 'x', value: json })))).toMatchObject([{ message: /nested deeper/ }])
})

test('a spec that is small but refers to its parts over and over is refused in bounded time', () => {
  let tree = ok('leaf')
  for (let level = 0; level < 60; level++)
    tree = node('sequence', undefined, { ...tree, name: 'l' }, { ...tree, name: 'r' })
  expect(faultsOf(specOf(tree))).toMatchObject([{ message: 'the tree has more than 50000 nodes' }])
  let json: Json = 1
  for (let level = 0; level < 60; level++) json = [json, json]
  expect(faultsOf(specOf(node('write', { key: 'x', value: json })))).toMatchObject([{ message: /100000 values/ }])
})

test('the number of nodes may be limited', () => {
  const three = specOf(node('sequence', undefined, ok('a'), ok('b')))
  expect(faultsOf(three, { nodes: 3 })).toEqual([])
  expect(faultsOf(three, { nodes: 2 })).toEqual([{ id: 't', message: 'the tree has more than 2 nodes' }])
})

const define = (op: string) => defineNode({ op, kind: 'leaf', config: z.strictObject({}), run: () => Success })

test('a registry refuses an op that is defined twice or cannot be part of an id', () => {
  expect(() => createRegistry([define('a'), define('a')])).toThrow('defined twice')
  expect(() => createRegistry([define('a/b')])).toThrow('cannot be an op')
})

/** Child lists that may grow: those of sequences and selectors. */
function roomFor(spec: NodeSpec): NodeSpec[][] {
  const own = spec.op === 'sequence' || spec.op === 'selector' ? [spec.children!] : []
  return [...own, ...(spec.children ?? []).flatMap(roomFor)]
}
