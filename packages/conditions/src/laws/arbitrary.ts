import * as fc from 'fast-check'
import type { Condition, Env, Leaf, Operand } from '../condition.ts'

/** Conditions and the worlds they are asked about, for the properties beside this file. */
const names = ['a', 'b', 'order.status', 'año', 'in', 'Missing', '__proto__', 'constructor.name', 'items.0.x-y', 'true']
export const field = fc.constantFrom(...names)

const awkward = [
  '',
  'high',
  'HIGH',
  'a.b',
  '30',
  '-5',
  '1e3',
  'not',
  'true',
  'null',
  '2026-01-31',
  '2026-13-01',
  "it's",
  '"',
  '\\',
  'a\nb',
  '-',
]
export const text = fc.oneof(fc.constantFrom(...awkward), fc.string({ maxLength: 12 }))
// JSON has no -0.
export const number = fc
  .oneof(fc.integer({ min: -3, max: 40 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((n) => n + 0)
export const literal = fc.oneof(text, number, fc.boolean())
export const amount = number.map(Math.abs)
const node = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(shape, { noNullPrototype: true }) as fc.Arbitrary<T>

/** Every operator, on these fields and with these values. */
export const leafOf = (
  field: fc.Arbitrary<string>,
  operand: fc.Arbitrary<Operand>,
  amount: fc.Arbitrary<number>,
): fc.Arbitrary<Leaf> =>
  fc.oneof(
    node<Leaf & { op: 'compare' }>({
      op: fc.constant('compare'),
      field,
      is: fc.constantFrom('==', '!='),
      value: operand,
    }),
    node<Leaf & { op: 'compare' }>({
      op: fc.constant('compare'),
      field,
      is: fc.constantFrom('<', '<=', '>', '>='),
      value: operand.filter((value) => typeof value !== 'boolean'),
    }),
    node<Leaf & { op: 'in' | 'not_in' }>({
      op: fc.constantFrom('in', 'not_in'),
      field,
      values: fc.array(operand, { minLength: 1, maxLength: 4 }),
    }),
    node<Leaf & { op: 'contains' }>({ op: fc.constant('contains'), field, value: operand }),
    node<Leaf & { op: 'exists' | 'missing' }>({ op: fc.constantFrom('exists', 'missing'), field }),
    node<Leaf & { op: 'truthy' }>({ op: fc.constant('truthy'), field }),
    node<Leaf & { op: 'within' | 'outside' }>({
      op: fc.constantFrom('within', 'outside'),
      field,
      amount,
      unit: fc.constantFrom('days', 'hours', 'minutes'),
    }),
  )

const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 4, arbitrary: literal },
  { weight: 1, arbitrary: fc.record({ path: field }) },
)
export const leaf = leafOf(field, operand, amount)

export const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    node<Condition & { op: 'and' | 'or' }>({
      op: fc.constantFrom('and', 'or'),
      of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
    node<Condition & { op: 'not' }>({ op: fc.constant('not'), of: tie('condition') }),
  ),
})).condition

const scalar = fc.oneof(literal, fc.constantFrom('2026-01-30T10:00:00Z', '2025-12-31'))
const value = fc.oneof(
  scalar,
  scalar,
  fc.constantFrom(undefined, null),
  fc.array(scalar, { maxLength: 3 }),
  fc.constant({ nested: 1 }),
)

/** Reads only what the world holds itself, as the engine's blackboard does. */
export const world: fc.Arbitrary<Env> = fc
  .array(value, { minLength: names.length, maxLength: names.length })
  .map((values) => {
    const cells = new Map(names.map((name, index) => [name, values[index]]))
    return { read: (path: string) => cells.get(path), now: Date.UTC(2026, 0, 31, 12) }
  })
