import { compare as comparing, includes } from '../../values/compare.ts'
import { order } from '../../values/order.ts'
import { Range } from '../../values/value.ts'
import type { Operator } from '../lowering.ts'

export const compare: Operator<'compare'> = ({ is, left, right }, to) => {
  const a = to.expression(left)
  const b = to.expression(right)
  return (env) => comparing(is, a(env), b(env), env.budget.take)
}

export const between: Operator<'between'> = ({ of, low, high }, to) => {
  const value = to.expression(of)
  const from = to.expression(low)
  const until = to.expression(high)
  return (env) => includes(new Range(from(env), until(env), true, true), value(env))
}

export const inside: Operator<'in'> = ({ of, tests }, to) => {
  const value = to.expression(of)
  const matches = to.cell(tests)
  return (env) => matches(value(env), env)
}

/** An end that is null or has no order, or ends that cannot be compared, make no range. */
export const range: Operator<'range'> = ({ low, high, lowIncluded, highIncluded }, to) => {
  const from = low && to.expression(low)
  const until = high && to.expression(high)
  return (env) => {
    const start = from?.(env)
    const end = until?.(env)
    if (start === null || end === null) return null
    if (order(start ?? end, end ?? start) === undefined) return null
    return new Range(start, end, lowIncluded, highIncluded)
  }
}
