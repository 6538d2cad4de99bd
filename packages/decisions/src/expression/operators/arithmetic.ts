import { calculate, negated } from '../../values/arithmetic.ts'
import type { Operator } from '../lowering.ts'

/** Text grows by being added to itself, so it is counted. */
export const arithmetic: Operator<'arithmetic'> = ({ sign, left, right }, to) => {
  const a = to.expression(left)
  const b = to.expression(right)
  return (env) => {
    const result = calculate(sign, a(env), b(env))
    if (typeof result === 'string') env.budget.takeText(result.length)
    return result
  }
}

export const negate: Operator<'negate'> = ({ of }, to) => {
  const value = to.expression(of)
  return (env) => negated(value(env))
}
