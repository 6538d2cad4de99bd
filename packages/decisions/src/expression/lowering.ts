import type { Value, Env } from '../values/value.ts'
import type { Cell, Expr, Op, TypeName } from './expr.ts'

/** A compiled expression. */
export type Evaluate = (env: Env) => Value
/** A compiled unary test: does the value pass? Null is unknown, and unknown does not match. */
export type Matches = (value: Value, env: Env) => boolean | null

/** Expressions and cells to closures. */
export interface Lowering {
  expression(expr: Expr): Evaluate
  cell(cell: Cell): Matches
  type(type: TypeName): Fits
}

/** Is a value of a type? */
export interface Fits {
  /** As it is. */
  holds: (value: Value, env: Env) => boolean
  /** Converted as FEEL converts arguments and results; undefined when it does not fit. Null always fits. */
  accept: (value: Value, env: Env) => Value | undefined
}

/** The expressions that an operator is part of. */
export type ExprOf<K extends Op> = Expr extends infer E
  ? E extends { op: infer O }
    ? K extends O
      ? E
      : never
    : never
  : never

/** What an operator means. One file each in `operators/`. */
export type Operator<K extends Op> = (expr: ExprOf<K>, to: Lowering) => Evaluate
