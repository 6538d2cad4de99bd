import type { Expr } from '../expr.ts'
import type { Evaluate, ExprOf, Lowering, Operator } from '../lowering.ts'
import { arithmetic, negate } from './arithmetic.ts'
import { context, filter, list } from './collections.ts'
import { between, compare, inside, range } from './compare.ts'
import { literal, temporal } from './constants.ts'
import { call, definition } from './functions.ts'
import { instance } from './instance.ts'
import { loop, quantified } from './iteration.ts'
import { and, either } from './logic.ts'
import { name, path, subject } from './names.ts'

/** What every operator means. The compiler sees to it that none is missing. */
const operators: { [K in Expr['op']]: Operator<K> } = {
  literal,
  temporal,
  name,
  subject,
  path,
  arithmetic,
  negate,
  compare,
  and,
  or: and,
  between,
  in: inside,
  range,
  list,
  context,
  filter,
  if: either,
  for: loop,
  some: quantified,
  every: quantified,
  instance,
  function: definition,
  call,
}

export const lowerOperator = <K extends Expr['op']>(expr: ExprOf<K>, to: Lowering): Evaluate =>
  (operators[expr.op] as Operator<K>)(expr, to)
