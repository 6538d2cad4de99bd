import * as fc from 'fast-check'
import type { Condition, Env, Literal, Operand } from '../condition.ts'
import type { Schema } from '../typing/field-type.ts'
import { leafOf } from './arbitrary.ts'

/** A schema with every type, conditions on its fields, and data that it describes, for the properties beside this. */
export const schema: Schema = {
  text: 'string',
  number: 'number',
  flag: 'boolean',
  date: 'date',
  status: { enum: ['delivered', 'Shipped', '30'] },
  level: { enum: [1, 'high', true, '2026-01-31', 'Low'] },
  tags: { list: 'string' },
  counts: { list: 'number' },
  grid: { list: { list: 'string' } },
  order: { object: { total: 'number', on: 'date', codes: { list: { enum: ['a', 5] } } } },
}
const paths =
  'text number flag date status level tags tags.1 counts counts.0 grid grid.0 grid.1.0 ' +
  'order order.total order.on order.codes order.codes.2'

const date = fc.constantFrom(
  '2026-01-30',
  '2026-01-31',
  '2026-01-31T10:00:00Z',
  '2026-01-31T23:30:00-05:00',
  '2025-12-31',
)
const number = fc.constantFrom(-1, 0, 1, 5, 30, 80.5)
const text = fc.oneof(fc.constantFrom('', 'high', 'DELIVERED', 'ship', '30', '-1', '5', 'true', 'a'), date)
const literal: fc.Arbitrary<Literal> = fc.oneof(text, number, fc.boolean())
const field = fc.constantFrom(...paths.split(' '))
const operand: fc.Arbitrary<Operand> = fc.oneof(
  literal,
  field.map((path) => ({ path })),
)
export const leaf = leafOf(field, operand, fc.constantFrom(0, 1, 30))

export const condition: fc.Arbitrary<Condition> = fc
  .array(leaf, { minLength: 1, maxLength: 3 })
  .chain((leaves) =>
    fc.constantFrom<Condition>(
      { op: 'and', of: leaves },
      { op: 'or', of: leaves },
      { op: 'not', of: { op: 'or', of: leaves } },
    ),
  )

const three = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 3, maxLength: 4 })
const values = fc.record({
  text,
  number,
  flag: fc.boolean(),
  date,
  status: fc.constantFrom('delivered', 'Shipped', '30'),
  level: fc.constantFrom(1, 'high', true, '2026-01-31', 'Low'),
  tags: three(text),
  counts: three(number),
  grid: three(three(text)),
  order: fc.record({ total: number, on: date, codes: three(fc.constantFrom<Literal>('a', 5)) }),
})

/** Everything that the schema declares is there. */
export const data: fc.Arbitrary<Env> = fc
  .tuple(
    values,
    fc.constantFrom(undefined, (at: number) => Math.floor((at + 19_800_000) / 86_400_000)),
  )
  .map(([root, dayOf]) => ({
    read: (path) => path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], root),
    now: Date.UTC(2026, 0, 31, 12),
    ...(dayOf && { dayOf }),
  }))
