/**
 * What does not fit does not compile in TypeScript: each line below has to be an error there, or tsc complains. Written
 * otherwise, where TypeScript does not look, the same is refused when the tree is compiled.
 */
import { describe, expect, it } from 'vitest'
import { nodes } from '../nodes/all.ts'
import { condition } from '../testing/play.ts'
import { compile } from '../tree/compile.ts'
import { TreeError } from '../tree/faults.ts'
import { createRegistry } from '../tree/registry.ts'
import type { Builder } from './builder.ts'
import type { Node } from './node.ts'
import { subtree, tree } from './tree.ts'

const registry = createRegistry(nodes)

const pay = subtree(
  {
    ports: { in: { amount: 'number', how: { enum: ['card', 'cash'] } }, out: { receipt: 'string' } },
    fields: { x: 'date' },
  },
  (b) => b.write('done', { key: 'receipt', value: 'r1' }),
)
const idle = subtree({}, (b) => b.succeed(null))

const header = {
  version: '1',
  fields: {
    order: {
      object: {
        id: 'string',
        total: 'number',
        status: { enum: ['open', 'closed'] },
        lines: { list: { object: { sku: 'string' } } },
      },
    },
    way: { enum: ['card'] },
    paid: 'boolean',
    due: 'date',
    free: 'any',
  },
  subtrees: { pay, idle },
} as const

type B = Builder<{ fields: (typeof header)['fields']; subtrees: (typeof header)['subtrees'] }>

function refuses(make: (b: B) => Node): void {
  const made = () => compile(tree('t', header, make), registry, { condition })
  expect(made).toThrow(expect.toSatisfy((error) => error instanceof TreeError || error instanceof TypeError))
}

describe('TypeScript, and compiling, refuse', () => {
  it('the wrong number of children', () => {
    // @ts-expect-error: a row has children
    refuses((b) => b.sequence('row'))
    // @ts-expect-error: a decorator has one
    refuses((b) => b.invert('not'))
    // @ts-expect-error: and only one
    refuses((b) => b.invert('not', b.succeed('a'), b.succeed('b')))
    // @ts-expect-error: a leaf has none
    refuses((b) => b.succeed('leaf', b.succeed('a')))
    // @ts-expect-error: each branch has a child
    refuses((b) => b.if('if', { branches: ['a', 'b'] }, b.succeed('a')))
    // @ts-expect-error: and there is one else
    refuses((b) => b.if('if', { branches: ['a'] }, b.succeed('a'), b.succeed('b'), b.succeed('c')))
    // @ts-expect-error: what cleans up is a child
    refuses((b) => b.finally('f', b.succeed('a')))
    // @ts-expect-error: there is one fallback
    refuses((b) => b.terminable('t', { signal: 'x' }, b.succeed('a'), b.succeed('b'), b.succeed('c')))
    // @ts-expect-error: a subtree brings its own
    refuses((b) => b.subtree('s', { use: 'idle' }, b.succeed('a')))
    // @ts-expect-error: what nobody made is no child
    refuses((b) => b.sequence('row', { op: 'succeed' }))
  })

  it('configs that no node takes', () => {
    // @ts-expect-error: it is missing
    refuses((b) => b.fail('no'))
    // @ts-expect-error: a failure has a code
    refuses((b) => b.fail('no', { reason: 'none' }))
    // @ts-expect-error: nobody can wait for a bus
    refuses((b) => b.wait('wait', { kind: 'bus' }))
    // @ts-expect-error: one deadline is enough
    refuses((b) => b.timeout('t', { ms: 1, until: 'due' }, b.succeed(null)))
    // @ts-expect-error: one key is
    refuses((b) => b.wait('wait', { kind: 'input', key: 'a', keyFrom: 'order.id' }))
    // @ts-expect-error: and one time
    refuses((b) => b.wait('wait', { kind: 'timer', forMs: 1, until: 'due' }))
    // @ts-expect-error: what is written comes from one place
    refuses((b) => b.write('w', { key: 'order.id', value: 'x', from: 'way' }))
    // @ts-expect-error: and so does what is returned
    refuses((b) => b.return('r', { value: 1, path: 'order.id' }, b.succeed(null)))
    // @ts-expect-error: there is no colour
    refuses((b) => b.parallel('both', { colour: 'red' }, b.succeed('a')))
  })

  it('stages and targets that are not there', () => {
    // @ts-expect-error: it cannot begin there
    refuses((b) => b.stages('s', { initial: 'b', exits: {} }, b.succeed('a')))
    // @ts-expect-error: there is no such stage to leave
    refuses((b) => b.stages('s', { initial: 'a', exits: { b: { success: 'a' } } }, b.succeed('a')))
    // @ts-expect-error: nor to go to
    refuses((b) => b.stages('s', { initial: 'a', exits: { a: { success: 'b' } } }, b.succeed('a')))
    // @ts-expect-error: nor to return from
    refuses((b) => b.stages('s', { initial: 'a', exits: { a: { no: { to: 'b', return: true } } } }, b.succeed('a')))
    // @ts-expect-error: a stage without a name is called by its op
    refuses((b) => b.stages('s', { initial: 'a', exits: {} }, b.succeed(null)))
  })

  it('fields that are not declared, or of another type', () => {
    // @ts-expect-error: there is no such field
    refuses((b) => b.write('w', { key: 'order.totl', value: 3 }))
    // @ts-expect-error: and this one takes numbers
    refuses((b) => b.write('w', { key: 'order.total', value: 'three' }))
    // @ts-expect-error: this one of two words
    refuses((b) => b.write('w', { key: 'order.status', value: 'new' }))
    // @ts-expect-error: what is below it is text
    refuses((b) => b.write('w', { key: 'order.lines.0.sku', value: 7 }))
    // @ts-expect-error: a text is no number
    refuses((b) => b.write('w', { key: 'order.total', from: 'order.id' }))
    // @ts-expect-error: nothing is declared there
    refuses((b) => b.return('r', { path: 'order.nothing' }, b.succeed(null)))
    // @ts-expect-error: it cannot be kept
    refuses((b) => b.compensate('c', { keep: ['nothing'] }, b.succeed('a'), b.succeed('b')))
    // @ts-expect-error: no list
    refuses((b) => b.gather('g', { items: 'order.total', max: 3 }, b.succeed(null)))
  })

  it('cases that cannot be, and children that are not there', () => {
    // @ts-expect-error: it decides by a field that is declared
    refuses((b) => b.switch('s', { on: 'order.stat', cases: { open: 'a' } }, b.succeed('a')))
    // @ts-expect-error: no child is called so
    refuses((b) => b.switch('s', { on: 'order.status', cases: { open: 'b' } }, b.succeed('a')))
    // @ts-expect-error: nor by default
    refuses((b) => b.switch('s', { on: 'paid', cases: { true: 'a' }, default: 'b' }, b.succeed('a')))
    // @ts-expect-error: nor can it be weighed
    refuses((b) => b.randomSelector('s', { weights: { b: 2 } }, b.succeed('a')))
    // @ts-expect-error: two items, two children
    refuses((b) => b.gather('g', { items: [1, 2] }, b.succeed('a')))
    // @ts-expect-error: a field may hold any number of items
    refuses((b) => b.gather('g', { items: 'order.lines' }, b.succeed('a')))
  })

  it('ports that are not there, not given or of another type', () => {
    // @ts-expect-error: there is no such subtree
    refuses((b) => b.subtree('s', { use: 'paying', in: {} }))
    // @ts-expect-error: all that goes in has to be given
    refuses((b) => b.subtree('s', { use: 'pay', in: { amount: 'order.total' } }))
    // @ts-expect-error: what is no port is not taken
    refuses((b) => b.subtree('s', { use: 'pay', in: { amount: 'order.total', how: 'way', to: 'order.id' } }))
    // @ts-expect-error: a text is no amount
    refuses((b) => b.subtree('s', { use: 'pay', in: { amount: 'order.id', how: 'way' } }))
    // @ts-expect-error: nor is this value
    refuses((b) => b.subtree('s', { use: 'pay', in: { amount: { value: '20' }, how: 'way' } }))
    // @ts-expect-error: open is no way to pay
    refuses((b) => b.subtree('s', { use: 'pay', in: { amount: 'order.total', how: 'order.status' } }))
    // @ts-expect-error: the field takes numbers, and a receipt is text
    refuses((b) => b.subtree('s', { use: 'pay', in: wired, out: { receipt: 'order.total' } }))
    // @ts-expect-error: no such thing comes out
    refuses((b) => b.subtree('s', { use: 'pay', in: wired, out: { bill: 'order.id' } }))
    // @ts-expect-error: it has no ports at all
    refuses((b) => b.subtree('s', { use: 'idle', in: { amount: 'order.total' } }))
  })
})

const wired = { amount: 'order.total', how: 'way' } as const

/** Compiling looks at none of these; a node meets them when it runs. */
const making = (b: B) => [
  // @ts-expect-error: a case that the field can never hold
  b.switch('s', { on: 'order.status', cases: { new: 'a' } }, b.succeed('a')),
  // @ts-expect-error: a moment that nobody declared
  b.wait('w', { kind: 'timer', until: 'order.due' }),
  // @ts-expect-error: a deadline that nobody declared
  b.timeout('t', { until: 'order.due' }, b.succeed(null)),
  // @ts-expect-error: a text that is a number
  b.parseJson('p', { from: 'order.total' }),
  // @ts-expect-error: what nobody declared to be shown
  b.log('l', { message: 'hello', show: ['nothing'] }),
  // @ts-expect-error: to be sent along
  b.job('j', { jobType: 'x', with: ['nothing'] }),
  // @ts-expect-error: to tell results apart
  b.cache('c', { name: 'x', by: ['nothing'] }, b.succeed(null)),
  // @ts-expect-error: to tell customers apart
  b.cooldown('c', { ms: 1, per: ['nothing'] }, b.succeed(null)),
]

it('TypeScript alone refuses paths that only matter at run time', () => {
  expect(making).toBeTypeOf('function')
})

it('what fits compiles in both', () => {
  const spec = tree('t', header, (b) =>
    b.stages(
      null,
      { initial: 'sequence', exits: { sequence: { success: 'write' }, write: { success: 'end', x: '$back' } } },
      b.sequence(
        null,
        b.write('number', { key: 'order.total', value: 3 }),
        b.write('word', { key: 'order.status', value: 'open' }),
        b.write('line', { key: 'order.lines.0.sku', value: 'x' }),
        b.write('free', { key: 'free.what.ever', value: [{ anything: null }] }),
        b.write('narrow', { key: 'order.id', from: 'way' }),
        b.write('left', { key: 'paid', last: true }),
        b.switch('word?', { on: 'order.status', cases: { open: 'a', closed: 'b' } }, b.succeed('a'), b.succeed('b')),
        b.switch('paid?', { on: 'paid', cases: { true: 'a' }, default: 'b' }, b.succeed('a'), b.succeed('b')),
        b.switch('any?', { on: 'free', cases: { 1: 'a' } }, b.succeed('a')),
        b.subtree('pay', { use: 'pay', in: wired, out: { receipt: 'order.id' } }),
        b.subtree('cash', { use: 'pay', in: { amount: { value: 3 }, how: { value: 'cash' } }, inherit: true }),
        b.subtree('free sub', { use: 'pay', in: { amount: 'free', how: 'free.how' }, out: { receipt: 'free' } }),
        b.subtree('idle', { use: 'idle' }),
        b.gather('lines', { items: 'order.lines', max: 3, as: 'line' }, b.succeed('each')),
        b.gather('two', { items: [1, 2] }, b.succeed('a'), b.succeed('b')),
        b.timeout('late', { until: 'due' }, b.wait('until', { kind: 'timer', until: 'due' }), b.succeed('fallback')),
      ),
      b.write(null, { key: 'due', value: '2026-01-31' }),
    ),
  )
  expect(() => compile(spec, registry, { condition })).not.toThrow()
})

it('where nothing is declared, every path is as good as any other', () => {
  const spec = tree('t', { version: '1', subtrees: { pay, idle } }, (b) =>
    b.sequence(
      null,
      b.write('any', { key: 'what.ever', value: 1 }),
      b.switch('s', { on: 'a.b', cases: { x: 'a' } }, b.succeed('a')),
      b.subtree('pay', { use: 'pay', in: { amount: 'a', how: 'b' }, out: { receipt: 'c' } }),
    ),
  )
  expect(() => compile(spec, registry, { condition })).not.toThrow()
})
