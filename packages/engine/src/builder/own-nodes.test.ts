import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { defineWrapper } from '../nodes/decorators/wrapper.ts'
import { defineAction } from '../nodes/leaves/action.ts'
import { condition, play, valueOf } from '../testing/play.ts'
import { compile } from '../tree/compile.ts'
import { TreeError } from '../tree/faults.ts'
import { createRegistry, defineNode, defineParent } from '../tree/registry.ts'
import { Success } from '../tree/status.ts'
import { builderOf, type Builder } from './builder.ts'
import type { Node } from './node.ts'
import { tree } from './tree.ts'

const b = builderOf<{ fields: undefined; subtrees: undefined }>()

describe('nodes of your own', () => {
  const greet = defineNode({
    op: 'greet',
    kind: 'leaf',
    config: z.strictObject({ whom: z.string(), loud: z.boolean().optional() }),
    run: () => Success,
  })
  const twice = defineParent({
    op: 'twice',
    kind: 'decorator',
    config: z.strictObject({}),
    enter: (ctx) => ctx.run(0),
    settled: (_, __, status) => status,
  })

  it('are made from their definitions', () => {
    const spec = tree('t', { version: '1' }, (b) => b.do('again', twice, b.do('hello', greet, { whom: 'you' })))
    expect(spec.root).toEqual({
      op: 'twice',
      name: 'again',
      children: [{ op: 'greet', name: 'hello', config: { whom: 'you' } }],
    })
    const { ids } = compile(spec, createRegistry([...nodes, greet, twice]), { condition })
    expect(ids).toEqual(['t', 't/hello'])
  })

  it('are asked for their config by its type', () => {
    // @ts-expect-error: it takes no colour
    b.do('hello', greet, { whom: 'you', colour: 'red' })
    // @ts-expect-error: somebody has to be greeted
    b.do('hello', greet, {})
    // @ts-expect-error: a leaf has no children
    expect(() => b.do('hello', greet, { whom: 'you' }, b.succeed(null))).toThrow('cannot have 1 children')
    // @ts-expect-error: a decorator has one
    expect(() => b.do('again', twice)).toThrow('cannot have 0 children')
  })
})

const charge = defineAction({
  op: 'charge',
  in: { amount: 'number', how: { enum: ['card', 'cash'] } },
  out: { receipt: 'string' },
  run: ({ amount, how }) => ({ receipt: `${amount} by ${how}` }),
})
const ring = defineAction({ op: 'ring', in: {}, out: {}, run: () => ({}) })
const around = defineWrapper('around', {})
const fields = { total: 'number', way: { enum: ['card'] }, name: 'string', said: 'string' } as const
const own = createRegistry([...nodes, charge, ring, around])

const refuses = (make: (b: Builder<{ fields: typeof fields; subtrees: undefined }>) => Node) =>
  expect(() => compile(tree('t', { version: '1', fields }, make), own, { condition })).toThrow(TreeError)

describe('actions', () => {
  it('are wired to what is declared, and do what they do in JSON', async () => {
    const spec = tree('t', { version: '1', fields }, (b) =>
      b.do(
        'all',
        around,
        b.sequence(
          'row',
          b.do('pay', charge, { in: { amount: 'total', how: 'way' }, out: { receipt: 'said' } }),
          b.do('pay cash', charge, { in: { amount: { value: 3 }, how: { value: 'cash' } } }),
          b.do('done', ring, {}),
        ),
      ),
    )
    const { snapshot, status } = await play(compile(spec, own, { condition }), { cells: { total: 20, way: 'card' } })
    expect([status, valueOf(snapshot, 'said')]).toEqual(['success', '20 by card'])
  })

  it('are refused by TypeScript, and when they are compiled, where they are wired otherwise', () => {
    // @ts-expect-error: all that goes in has to be given
    refuses((b) => b.do('pay', charge, { in: { amount: 'total' } }))
    // @ts-expect-error: a name is no amount
    refuses((b) => b.do('pay', charge, { in: { amount: 'name', how: 'way' } }))
    // @ts-expect-error: nobody pays by cheque
    refuses((b) => b.do('pay', charge, { in: { amount: 'total', how: { value: 'cheque' } } }))
    // @ts-expect-error: a receipt is no number
    refuses((b) => b.do('pay', charge, { in: { amount: 'total', how: 'way' }, out: { receipt: 'total' } }))
    // @ts-expect-error: there is no bill
    refuses((b) => b.do('pay', charge, { in: { amount: 'total', how: 'way' }, out: { bill: 'name' } }))
    // @ts-expect-error: there are no ports
    refuses((b) => b.do('done', ring, { in: { amount: 'total' } }))
  })
})
