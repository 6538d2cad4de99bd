import { describe, expect, it } from 'vitest'
import { build, called, node, ok, specOf } from '../testing/play.ts'
import { freeze } from './freeze.ts'
import { createRegistry, defineParent } from './registry.ts'
import { nodes } from '../nodes/all.ts'
import type { Fields } from './fields.ts'
import type { Json } from './json.ts'
import type { NodeSpec, TreeSpec } from './spec.ts'
import { z } from 'zod'
import { TreeError } from './faults.ts'

const fields: Fields = {
  orders: { list: { object: { total: 'number', by: 'string' } } },
  any: 'any',
  limit: 'number',
  name: 'string',
  _secret: 'string',
}

const read = (from: string): NodeSpec => called('read', node('write', { key: 'got', from }))
const reads = (...paths: string[]): NodeSpec => node('log', { message: 'x', show: paths })

/** What is refused, and where. */
function faultsOf(root: NodeSpec, more: Partial<TreeSpec> = { fields }, own: Parameters<typeof build>[1] = nodes) {
  try {
    build(specOf(root, more), own)
    return []
  } catch (error) {
    if (!(error instanceof TreeError)) throw error
    // Each copy of a gather's child has its own.
    return [...new Set(error.faults.map(({ message }) => message))]
  }
}
const none = (name: string) => `there is no field "${name}"; declare it, or name one that is`

describe('below a gather', () => {
  const over = (config: { [key: string]: Json }, ...children: NodeSpec[]) =>
    node('gather', { items: 'orders', max: 2, ...config }, node('sequence', undefined, ...children))

  it.each<[string, NodeSpec, string[]]>([
    ['the item', over({}, reads('item', 'item.total', 'index')), []],
    ['the item by its own name', over({ as: 'order' }, reads('order.by', 'index')), []],
    ['not by the usual one as well', over({ as: 'order', inherit: true }, reads('item')), [none('item')]],
    ['no part that an item does not have', over({}, reads('item.colour')), [none('item.colour')]],
    [
      'the item as it was declared',
      over({}, node('parseJson', { from: 'item.total' })),
      ['"item.total" is number, not string'],
    ],
    ['the index as a number', over({}, node('parseJson', { from: 'index' })), ['"index" is number, not string']],
    ['anything of an item that may be anything', over({ items: 'any' }, reads('item.x.y')), []],
    ['nothing from outside', over({}, reads('limit')), [none('limit')]],
    ['what is outside, when it is inherited', over({ inherit: true }, reads('limit', 'orders.0.total')), []],
    ['nothing private, also when it is inherited', over({ inherit: true }, reads('_secret')), [none('_secret')]],
    ['nothing that is nowhere, when it is inherited', over({ inherit: true }, reads('limt')), [none('limt')]],
    ['what was written inside', over({}, node('write', { key: 'sum', value: 1 }), read('sum')), []],
    [
      'what is written inside under a name of outside',
      over({}, node('write', { key: 'limit', value: 'x' }), read('limit')),
      [],
    ],
    ['what a node inside may have written without saying so', over({}, reads('sum')), []],
    ['what is private to it', over({ inherit: true }, node('write', { key: '_sum', value: 1 }), reads('_sum')), []],
  ])('can be read: %s', (_, root, expected) => {
    expect(faultsOf(root)).toEqual(expected)
  })

  it('a name that is inherited is written as what it is', () => {
    expect(faultsOf(over({ inherit: true }, node('write', { key: 'limit', value: 'x' })))).toEqual([
      '"limit" takes number',
    ])
    expect(faultsOf(over({ inherit: true }, node('write', { key: 'limt', value: 1 })))).toEqual([none('limt')])
  })

  it('the items of a list that is given here are anything', () => {
    const given = (child: NodeSpec) => node('gather', { items: [1, 'x'] }, called('a', child), called('b', ok('b')))
    expect(faultsOf(given(reads('item.x', 'index')))).toEqual([])
    expect(faultsOf(given(reads('limit')))).toEqual([none('limit')])
  })

  it('one stands in another: what the inner one sees is what the outer one does', () => {
    const inner = (config: { [key: string]: Json }, ...children: NodeSpec[]) =>
      node('gather', { items: [1], ...config }, node('sequence', undefined, ...children))
    const both = (outer: { [key: string]: Json }, config: { [key: string]: Json }, ...paths: string[]) =>
      faultsOf(over({ as: 'order', ...outer }, inner(config, reads(...paths))))
    expect(both({}, { inherit: true }, 'order.total', 'item', 'index', 'sum')).toEqual([])
    expect(both({}, {}, 'order')).toEqual([none('order')])
    expect(both({}, {}, 'sum')).toEqual([])
    expect(both({}, { inherit: true }, 'limit')).toEqual([none('limit')])
    expect(both({ inherit: true }, { inherit: true }, 'limit')).toEqual([])
    expect(both({ inherit: true }, {}, 'limit')).toEqual([none('limit')])
  })

  it('its own list is looked for outside', () => {
    expect(faultsOf(over({ items: 'item' }, ok('a')))).toEqual([none('item')])
  })

  it('nothing is refused where nothing is declared', () => {
    expect(faultsOf(over({}, reads('limit'), node('write', { key: 'index', value: 'x' })), {})).toEqual([])
  })
})

describe('below a subtree', () => {
  const part = (
    own: object,
    config: { [key: string]: Json },
    child: NodeSpec,
    outside: Partial<TreeSpec> = { fields },
  ) =>
    faultsOf(node('subtree', { use: 'part', ...config }), {
      ...outside,
      subtrees: { part: { ...own, root: node('sequence', undefined, child) } },
    })
  const ports = { ports: { in: { amount: 'number' }, out: { done: 'boolean' } }, fields: { own: 'string' } }
  const wired = { in: { amount: 'limit' } }
  const open = { ...wired, inherit: true }

  it.each<[string, { [key: string]: Json }, NodeSpec, string[]]>([
    ['its ports and fields', wired, reads('amount', 'done', 'own'), []],
    ['nothing from outside', wired, reads('limit'), [none('limit')]],
    ['what is outside, when it is inherited', open, reads('limit', 'orders.0.by', 'amount'), []],
    [
      'with the type that it has outside',
      open,
      node('parseJson', { from: 'limit' }),
      ['"limit" is number, not string'],
    ],
    ['nothing private, also when it is inherited', open, reads('_secret'), [none('_secret')]],
    ['nothing that is nowhere', open, reads('limt'), [none('limt')]],
  ])('can be read: %s', (_, config, child, expected) => {
    expect(part(ports, config, child)).toEqual(expected)
  })

  it('only what it declares itself can be written, since nothing else gets out', () => {
    expect(part(ports, open, node('write', { key: 'limit', value: 1 }))).toEqual([none('limit')])
    expect(part(ports, open, node('write', { key: 'own', from: 'limit' }))).toEqual(['"limit" is number, not string'])
  })

  it('what is inherited from where nothing is declared may be anything', () => {
    expect(part(ports, { in: { amount: 'limit' }, inherit: true }, reads('whatever', 'own'), {})).toEqual([])
  })

  it('one that declares nothing is not checked', () => {
    expect(part({}, {}, reads('limit'))).toEqual([])
  })

  it('a gather in it sees what it sees', () => {
    const each = (config: { [key: string]: Json }, path: string) =>
      part(ports, open, node('gather', { items: 'orders', max: 2, ...config }, reads(path)))
    expect(each({ inherit: true }, 'limit')).toEqual([])
    expect(each({ inherit: true }, 'item.total')).toEqual([])
    expect(each({ inherit: true }, '_secret')).toEqual([none('_secret')])
    expect(each({}, 'amount')).toEqual([none('amount')])
  })
})

it('a frame that says nothing about itself is not checked', () => {
  const box = defineParent({
    op: 'box',
    kind: 'decorator',
    config: z.strictObject({}),
    frame: true,
    enter: (ctx) => ctx.run(0),
    settled: (_, __, status) => status,
  })
  expect(faultsOf(node('box', undefined, reads('whatever')), { fields }, [...nodes, box])).toEqual([])
})

it('is found in a frozen tree as well', () => {
  const root = node('gather', { items: 'orders', max: 2 }, reads('item.total'))
  expect(() =>
    freeze(specOf(root, { fields }), createRegistry(nodes), {
      condition: () => {
        throw new Error('none')
      },
    }),
  ).not.toThrow()
})
