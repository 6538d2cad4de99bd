import * as fc from 'fast-check'
import type { Operand } from '../condition.ts'
import { amount, field, literal } from './arbitrary.ts'

/** One condition in both forms: operator and value of the structured one, and the text for a field. */
export interface Spelling {
  operator: string
  value: unknown
  text: (field: string) => string
}

const quoted = (value: Operand): string =>
  typeof value === 'object'
    ? `{{ ${value.path} }}`
    : typeof value === 'string'
      ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
      : String(value)

const spelling = <V>(pairs: [string, string][], values: fc.Arbitrary<V>, write: (value: V) => string) =>
  fc.tuple(fc.constantFrom(...pairs), values).map(([[operator, sign], value]): Spelling => ({
    operator,
    value,
    text: (name) => `${name} ${sign} ${write(value)}`,
  }))

const orders: [string, string][] = [
  ['gt', '>'],
  ['gte', '>='],
  ['lt', '<'],
  ['lte', '<='],
]
const operand: fc.Arbitrary<Operand> = fc.oneof(literal, fc.record({ path: field }, { noNullPrototype: true }))
const lists = fc.array(operand, { minLength: 1, maxLength: 4 })
const listed = (values: Operand[]): string => `[${values.map(quoted).join(',')}]`

export const spellings: fc.Arbitrary<Spelling> = fc.oneof(
  spelling(
    [
      ['eq', '=='],
      ['eq', '='],
      ['neq', '!='],
      ['contains', 'CONTAINS'],
    ],
    operand,
    quoted,
  ),
  spelling(
    [
      ['eq', '=='],
      ['neq', '!='],
    ],
    fc.constant(null),
    () => 'NULL',
  ),
  spelling(
    orders,
    operand.filter((value) => typeof value !== 'boolean'),
    quoted,
  ),
  spelling(
    [
      ['in', 'in'],
      ['not_in', 'Not In'],
    ],
    lists,
    listed,
  ),
  spelling(
    [
      ['exists', 'exists'],
      ['missing', 'MISSING'],
    ],
    fc.constant(undefined),
    () => '',
  ),
  fc
    .constantFrom('exists', 'missing')
    .map((operator): Spelling => ({ operator, value: undefined, text: (name) => `${operator} ${name}` })),
  spelling(
    [
      ['within_days', 'within'],
      ['outside_days', 'OUTSIDE'],
    ],
    amount,
    (value) => `${value} days`,
  ),
  spelling(
    [
      ['within_hours', 'within'],
      ['outside_hours', 'outside'],
    ],
    amount,
    (value) => `${value} Hours`,
  ),
  spelling(
    [
      ['within_minutes', 'within'],
      ['outside_minutes', 'outside'],
    ],
    amount,
    (value) => `${value} minute`,
  ),
  spelling(
    [
      ['within_weeks', 'within'],
      ['outside_weeks', 'outside'],
    ],
    amount.filter((value) => Number.isFinite(value * 7)),
    (value) => `${value} weeks`,
  ),
)
