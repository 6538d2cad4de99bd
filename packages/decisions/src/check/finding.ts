import type { Json } from '@copse/contracts'

export type FindingCode =
  /** Unique: rules that can match together. Any: such rules, with different outputs. */
  | 'overlap'
  /** An input that no rule and no default is for. */
  | 'gap'
  /** First and priority: whatever the rule matches, others take. */
  | 'unreachable'
  /** No value of a column passes one of the rule's cells. */
  | 'never_matches'
  /** A constant that is not of the type of its column. */
  | 'wrong_type'
  /** An output that is not in the list of output values. */
  | 'value_not_listed'
  /** A column without a type, whose cells are about values of different kinds. */
  | 'mixed_types'
  /** Priority and output order: there is no list of output values to take the order from. */
  | 'no_priorities'
  /** A text that cannot be read. */
  | 'cell_invalid'
  | 'cell_too_large'
  | 'unknown_name'

export interface Finding {
  code: FindingCode
  message: string
  /** Counted from 1. */
  rules: number[]
  /** A text of the table, where it is about one: `rules.3.when.1`. */
  path?: string
  /** An input that shows it: a value for each column. */
  example?: Record<string, Json>
}

export interface Check {
  /** Whether everything was looked at. When it was, a table without findings has neither gaps nor overlaps. */
  exhaustive: boolean
  /** What was not looked at, when it was not. */
  because: string[]
  findings: Finding[]
}
