import * as fc from 'fast-check'
import type { Literal } from '../condition.ts'
import { amount, literal } from './arbitrary.ts'

/** One condition in both forms: operator and value of the structured one, and the text after the field. */
export interface Spelling {
  operator: string
  value: unknown
  text: string
}

const quoted = (value: Literal): string =>
  typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value)

const spelling = <V>(pairs: [string, string][], values: fc.Arbitrary<V>, write: (value: V) => string) =>
  fc
    .tuple(fc.constantFrom(...pairs), values)
    .map(([[operator, sign], value]): Spelling => ({ operator, value, text: `${sign} ${write(value)}` }))

const orders: [string, string][] = [
  ['gt', '>'],
  ['gte', '>='],
  ['lt', '<'],
  ['lte', '<='],
]
const lists = fc.array(literal, { minLength: 1, maxLength: 4 })
const listed = (values: Literal[]): string => `[${values.map(quoted).join(',')}]`

export const spellings: fc.Arbitrary<Spelling> = fc.oneof(
  spelling(
    [
      ['eq', '=='],
      ['eq', '='],
      ['neq', '!='],
      ['contains', 'CONTAINS'],
    ],
    literal,
    quoted,
  ),
  spelling(
    orders,
    literal.filter((value) => typeof value !== 'boolean'),
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
