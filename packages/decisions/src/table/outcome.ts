import type { Value } from '../values/value.ts'
import type { Json } from '@copse/contracts'

/** A rule that matched, with its outputs in the order of their columns. */
export interface Hit {
  /** Counted from 0. */
  rule: number
  values: readonly Value[]
}

export type ProblemCode =
  /** Unique: several rules match. */
  | 'several_rules_match'
  /** Any: rules match that do not say the same. */
  | 'rules_disagree'
  /** An input has a value that its type or its list of values does not allow. It counts as null. */
  | 'input_not_allowed'
  /** An output has a value that its type or its list of values does not allow. It counts as null. */
  | 'output_not_allowed'
  /** The evaluation used all its steps. */
  | 'budget_spent'
  /** An expression is no FEEL, or uses something that does not exist. */
  | 'expression_invalid'

/** Something that should not happen, and did not stop the evaluation. */
export interface Problem {
  code: ProblemCode
  message: string
  /** Counted from 1. */
  rules?: number[]
  /** The column, input or decision. */
  at?: string
}

/** `none`: no rule matched, and there is no default. `violation`: the hit policy does not allow what matched. */
export type Outcome = 'match' | 'default' | 'none' | 'violation' | 'fault'

export interface Evaluation {
  outcome: Outcome
  /** JSON; dates, times and durations as text. Null with `none`, `violation` and `fault`. */
  output: Json
  /** The rules that matched and count for the output, counted from 1, in the order of the output. */
  rules: number[]
  problems: readonly Problem[]
  /** A cell beyond S-FEEL was looked at. */
  slow?: true
  /** Evaluates everything once more, and says for each input its value and for each rule which cells hold. */
  why(): Why
}

export interface Why {
  inputs: { label: string; value: Json }[]
  rules: WhyRule[]
}

export interface WhyRule {
  /** Counted from 1. */
  rule: number
  id?: string
  matched: boolean
  /** True and false as FEEL has it, null where it is unknown. */
  cells: { text: string; holds: boolean | null; beyond?: true }[]
}
