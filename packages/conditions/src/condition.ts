/**
 * The canonical form: what text and structured conditions become, what frozen trees keep, and what is compiled. Plain
 * JSON; type aliases, not interfaces, so that it is assignable to `Json`.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type Literal = string | number | boolean
/** What stands right of an operator: a value, or another field. */
export type Operand = Literal | { path: string }

export type Compare = { op: 'compare'; field: string; is: '==' | '!=' | '<' | '<=' | '>' | '>='; value: Operand }
export type Membership = { op: 'in' | 'not_in'; field: string; values: Operand[] }
export type Contains = { op: 'contains'; field: string; value: Operand }
/** Two-valued: the only conditions that a missing field can satisfy. */
export type Presence = { op: 'exists' | 'missing'; field: string }
/** A bare field: present, not "", not false. */
export type Truthy = { op: 'truthy'; field: string }
export type Window = { op: 'within' | 'outside'; field: string; amount: number; unit: 'days' | 'hours' | 'minutes' }

/** A condition on one field. */
export type Leaf = Compare | Membership | Contains | Presence | Truthy | Window
export type Chain = { op: 'and' | 'or'; of: Condition[] }
export type Condition = Leaf | Chain | { op: 'not'; of: Condition }

export const isChain = (condition: Condition): condition is Chain => condition.op === 'and' || condition.op === 'or'

/** What a condition may look at while it is evaluated. */
export interface Env {
  /** Undefined and null are missing. Must not follow prototypes. */
  read(path: string): unknown
  /** Epoch milliseconds. */
  now: number
  /**
   * The civil day, in days since 1970-01-01, that the tenant's calendar shows at a moment. Later moments have no earlier
   * day. Without it days are those of UTC.
   */
  dayOf?(instantMs: number): number
}

/** Undefined is unknown. */
export type Truth = boolean | undefined

/** What was decided and by which values. `null` is unknown, and for `actual` missing. */
export type Explanation = {
  text: string
  value: boolean | null
  field?: string
  actual?: Json
  /** The fields right of the operator, where there are any. */
  against?: { field: string; actual: Json }[]
  /** When it was asked, in epoch milliseconds, where time is counted. */
  now?: number
  of?: Explanation[]
}

/** A compiled condition. Fits the engine's `Test`. */
export interface Compiled {
  evaluate(env: Env): Truth
  explain(env: Env): Explanation
  /** The condition printed back. */
  readonly text: string
  /** Every field it reads, each once, in order of appearance. */
  readonly fields: string[]
}
