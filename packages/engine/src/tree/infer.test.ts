import { describe, expectTypeOf, it, expect } from 'vitest'
import { isAssignable, isOf, type Fields } from './fields.ts'
import type { Fits, Infer, InferFields } from './infer.ts'

describe('types of declared fields', () => {
  it('hold in TypeScript what they hold at run time', () => {
    expectTypeOf<Infer<'string'>>().toEqualTypeOf<string>()
    expectTypeOf<Infer<'date'>>().toEqualTypeOf<string>()
    expectTypeOf<Infer<{ enum: ['a', 1, true] }>>().toEqualTypeOf<'a' | 1 | true>()
    expectTypeOf<Infer<{ list: { list: 'number' } }>>().toEqualTypeOf<number[][]>()
    expectTypeOf<Infer<{ object: { a: 'string'; b: { list: 'boolean' } } }>>().toEqualTypeOf<{
      a?: string
      b?: boolean[]
    }>()
    expectTypeOf<InferFields<{ a: 'string'; b: { enum: ['x'] } }>>().toEqualTypeOf<{ a: string; b: 'x' }>()
    expect(isOf({ object: { a: 'string' } }, {})).toBe(true)
  })

  it('fit into one another in TypeScript as they do at run time', () => {
    const types = declared({
      string: 'string',
      number: 'number',
      boolean: 'boolean',
      date: 'date',
      any: 'any',
      words: { enum: ['a', 'b'] },
      word: { enum: ['a'] },
      mixed: { enum: ['a', 1] },
      strings: { list: 'string' },
      listed: { list: { enum: ['a'] } },
      empty: { object: {} },
      named: { object: { a: 'string' } },
      worded: { object: { a: { enum: ['a'] }, b: 'number' } },
    })
    const fits = <A extends keyof typeof types, B extends keyof typeof types>(
      a: A,
      b: B,
      expected: Fits<(typeof types)[A], (typeof types)[B]>,
    ) => {
      expect(isAssignable(types[a], types[b]), `${a} into ${b}`).toBe(expected)
    }
    fits('string', 'string', true)
    fits('string', 'date', false)
    fits('date', 'string', true)
    fits('date', 'date', true)
    fits('number', 'string', false)
    fits('any', 'number', true)
    fits('worded', 'any', true)
    fits('word', 'words', true)
    fits('words', 'word', false)
    fits('words', 'string', true)
    fits('mixed', 'string', false)
    fits('string', 'words', false)
    fits('listed', 'strings', true)
    fits('strings', 'listed', false)
    fits('strings', 'string', false)
    fits('string', 'strings', false)
    fits('worded', 'named', true)
    fits('named', 'worded', false)
    fits('named', 'empty', true)
    fits('empty', 'named', false)
    fits('words', 'named', false)
    fits('boolean', 'boolean', true)
  })
})

function declared<const F extends Fields>(fields: F): F {
  return fields
}
