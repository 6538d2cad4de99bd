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
import { tree } from './tree.ts'

const registry = createRegistry(nodes)

type Declared = {
  order: { object: { id: 'string'; total: 'number'; status: { enum: ['open', 'closed'] }; lines: { list: Line } } }
  paid: 'boolean'
  due: 'date'
  free: 'any'
}
type Line = { object: { sku: 'string' } }
type B = Builder<{ fields: Declared; subtrees: undefined }>

function refuses(make: (b: B) => Node): void {
  const made = () => {
    const spec = tree(
      't',
      {
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
          paid: 'boolean',
          due: 'date',
          free: 'any',
        },
      },
      make as never,
    )
    compile(spec, registry, { condition })
  }
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
})

it('what fits compiles in both', () => {
  const spec = tree('t', { version: '1', fields: { a: { list: { object: { b: 'date' } } }, c: 'any' } }, (b) =>
    b.stages(
      null,
      { initial: 'succeed', exits: { succeed: { success: 'write' }, write: { success: 'end', x: '$back' } } },
      b.succeed(null),
      b.write(null, { key: 'a.0.b', value: '2026-01-31' }),
      b.write('free', { key: 'c.d.e', value: [{ anything: null }] }),
    ),
  )
  expect(() => compile(spec, registry, { condition })).not.toThrow()
})

it('where nothing is declared, every path is as good as any other', () => {
  const spec = tree('t', { version: '1' }, (b) => b.write(null, { key: 'what.ever', value: 1 }))
  expect(() => compile(spec, registry, { condition })).not.toThrow()
})
