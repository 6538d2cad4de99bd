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

/** Where an evaluation within a model says what it found. */
export interface Notes {
  problem(problem: Problem): void
  /** A table was looked at; the rules that count, from 1. */
  rules(table: string, rules: number[], slow: boolean): void
}
