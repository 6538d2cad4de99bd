import type { Problem } from '../problem.ts'
import type { Value } from '../values/value.ts'
import type { Json } from '@copse/contracts'

/** A rule that matched, with its outputs in the order of their columns. */
export interface Hit {
  /** Counted from 0. */
  rule: number
  values: readonly Value[]
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
  why: () => Why
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
