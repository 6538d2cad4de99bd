import type { Value } from '../../values/value.ts'
import type { Evaluate, Operator } from '../lowering.ts'

/** Kleene: one deciding side decides, whatever the other is; what is no truth counts as unknown. */
const chain =
  (deciding: boolean, a: Evaluate, b: Evaluate): Evaluate =>
  (env) => {
    const left = truth(a(env))
    if (left === deciding) return deciding
    const right = truth(b(env))
    if (right === deciding) return deciding
    return left === null || right === null ? null : !deciding
  }

const truth = (value: Value): boolean | null => (typeof value === 'boolean' ? value : null)

export const and: Operator<'and' | 'or'> = (expr, to) =>
  chain(expr.op === 'or', to.expression(expr.left), to.expression(expr.right))

export const either: Operator<'if'> = (expr, to) => {
  const holds = to.expression(expr.condition)
  const yes = to.expression(expr.yes)
  const no = to.expression(expr.no)
  return (env) => (holds(env) === true ? yes(env) : no(env))
}
