import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Leaf, Truth } from '../condition.ts'
import { checkTypes, compile, print } from '../index.ts'
import { condition, data, leaf, schema } from './typed.ts'

/** One condition for each value, so that a fault is about the whole of it. */
const alone = (one: Leaf): Leaf[] =>
  one.op === 'in' || one.op === 'not_in' ? one.values.map((value) => ({ ...one, values: [value] })) : [one]

/** Enough of them for every pair of values to meet. */
const worlds = fc.sample(data, { numRuns: 400, seed: 7 })

function answers(one: Leaf): Set<Truth> {
  const compiled = compile(one)
  return new Set(worlds.map((env) => compiled.evaluate(env)))
}

describe('types and values', () => {
  it('a condition without faults, strictly, is never unknown while all its fields are there', () => {
    fc.assert(
      fc.property(condition, fc.array(data, { minLength: 5, maxLength: 5 }), (one, some) => {
        fc.pre(checkTypes(one, schema, { strict: true }).length === 0)
        const compiled = compile(one)
        for (const env of some) expect(compiled.evaluate(env)).not.toBeUndefined()
      }),
      { numRuns: 1000, maxSkipsPerRun: 200 },
    )
  })

  it('a fault is never a false alarm: no data of the schema makes a difference', () => {
    fc.assert(
      fc.property(leaf, (one) => {
        for (const part of alone(one).filter((each) => checkTypes(each, schema).length > 0)) {
          const found = answers(part)
          expect([print(part), found.has(true) && found.has(false)]).toEqual([print(part), false])
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('a condition that no data of the schema can decide has a fault', () => {
    fc.assert(
      fc.property(leaf, (one) => {
        for (const part of alone(one).filter((each) => checkTypes(each, schema).length === 0)) {
          const found = answers(part)
          expect([print(part), found.has(true) || found.has(false)]).toEqual([print(part), true])
        }
      }),
      { numRuns: 1000 },
    )
  })
})
