import { call as invoke, callNamed } from '../../functions/call.ts'
import { FunctionValue, newContext, Range, type Env, type Value } from '../../values/value.ts'
import { includes } from '../../values/compare.ts'
import { ContextScope, within } from '../env.ts'
import type { Evaluate, Operator } from '../lowering.ts'
import { weightOf } from '../weight.ts'

/** Remembers where it was written: names of its body are looked up there. */
export const definition: Operator<'function'> = ({ parameters, body }, to) => {
  const run = to.expression(body)
  const weight = weightOf(body)
  const accepts = parameters.map(({ type }) => type && to.type(type))
  return (env) => {
    env.budget.take(1)
    const formal = parameters.map(({ name }, index) => ({
      name,
      accept: (value: Value) => accepts[index]?.accept(value, env) ?? (accepts[index] ? undefined : value),
    }))
    const bound = (args: readonly (Value | undefined)[], caller: Env): Value => {
      caller.budget.take(weight)
      const names = newContext()
      for (const [index, { name }] of parameters.entries()) names[name] = args[index] ?? null
      return caller.budget.deeper(() => run(within(env, new ContextScope(names, env.scope))))
    }
    return new FunctionValue([{ parameters: formal, run: bound }])
  }
}

/** A range can be called, too: is the argument in it? */
export const call: Operator<'call'> = (expr, to) => {
  const target = to.expression(expr.target)
  const given = expr.arguments.map((one): { name: string; value: Evaluate } =>
    'op' in one ? { name: '', value: to.expression(one) } : { name: one.name, value: to.expression(one.value) },
  )
  return (env) => {
    const callee = target(env)
    env.budget.take(1 + given.length)
    if (callee instanceof Range && given[0]) return includes(callee, given[0].value(env))
    if (!(callee instanceof FunctionValue)) return null
    if (!expr.named)
      return invoke(
        callee,
        given.map(({ value }) => value(env)),
        env,
      )
    return callNamed(callee, new Map(given.map(({ name, value }) => [name, value(env)])), env)
  }
}
