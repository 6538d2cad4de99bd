import { digest } from '@copse/contracts'
import { z } from 'zod'
import { limits } from '../limits.ts'

/**
 * The one form of a decision table: what `.dmn` and YAML become, what releases keep, and what is compiled. Cells are
 * S-FEEL, or FEEL, as text.
 */
const text = z.string().min(1).max(limits.textLength)
const label = z.string().max(200)

export const columnType = z.enum([
  'any',
  'string',
  'number',
  'boolean',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
])
export type ColumnType = z.infer<typeof columnType>

export const hitPolicy = z.enum(['unique', 'any', 'priority', 'first', 'rule order', 'output order', 'collect'])
export type HitPolicyName = z.infer<typeof hitPolicy>
export const aggregation = z.enum(['sum', 'count', 'min', 'max'])
export type Aggregation = z.infer<typeof aggregation>

const input = z.strictObject({
  /** What people call it; the expression when there is none. */
  label: label.optional(),
  /** Cells can use the value of the column under this name. */
  name: label.min(1).optional(),
  /** What is looked at: a name, a path, or any expression. */
  expression: text,
  type: columnType.default('any'),
  /** Unary tests that every value passes. */
  values: text.optional(),
})

const output = z.strictObject({
  /** Needed where there are several. */
  name: label.optional(),
  type: columnType.default('any'),
  /** Expressions, the most important first. */
  values: z.array(text).max(limits.rules).optional(),
  /** Taken when no rule matches. */
  default: text.optional(),
})

const rule = z.strictObject({
  id: label.optional(),
  note: z.string().max(2_000).optional(),
  /** Unary tests, one for each input. */
  when: z.array(text).max(limits.columns),
  /** Expressions, one for each output. */
  yields: z.array(text).min(1).max(limits.columns),
})

const shape = z.strictObject({
  name: label.min(1),
  hitPolicy: hitPolicy.default('unique'),
  aggregation: aggregation.optional(),
  inputs: z.array(input).max(limits.columns),
  outputs: z.array(output).min(1).max(limits.columns),
  rules: z.array(rule).max(limits.rules),
})

/** Validates JSON, also that every rule has one cell for each column. */
export const tableSpec = shape.superRefine((table, context) => {
  const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
  for (const [index, { when, yields }] of table.rules.entries()) {
    const cells = when.length === table.inputs.length && yields.length === table.outputs.length
    if (!cells) refuse(['rules', index], `has ${when.length} + ${yields.length} cells, not one for each column`)
  }
  const names = table.outputs.map(({ name }) => name)
  if (names.length > 1 && new Set(names).size < names.length) refuse(['outputs'], 'need a name each')
  if (names.length > 1 && names.includes(undefined)) refuse(['outputs'], 'need a name each')
  if (table.aggregation && table.hitPolicy !== 'collect') refuse(['aggregation'], 'is for the hit policy collect')
  if (table.aggregation && table.aggregation !== 'count' && names.length > 1) {
    refuse(['aggregation'], 'needs a table with a single output')
  }
})

export type Table = z.infer<typeof shape>
export type Input = Table['inputs'][number]
export type Output = Table['outputs'][number]
export type Rule = Table['rules'][number]

/** SHA-256 over the canonical JSON: the same for the same table, whoever wrote it. */
export const tableHash = (table: Table): string => digest(table)

/** How a table's hit policy is written in a corner of it: `U`, `C+` … */
export const policyMark = ({ hitPolicy, aggregation }: Pick<Table, 'hitPolicy' | 'aggregation'>): string =>
  `${marks[hitPolicy]}${aggregation ? aggregationMarks[aggregation] : ''}`

const marks: Record<HitPolicyName, string> = {
  unique: 'U',
  any: 'A',
  priority: 'P',
  first: 'F',
  'rule order': 'R',
  'output order': 'O',
  collect: 'C',
}
const aggregationMarks: Record<Aggregation, string> = { sum: '+', count: '#', min: '<', max: '>' }
