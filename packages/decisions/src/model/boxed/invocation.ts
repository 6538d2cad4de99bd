import { callNamed } from '../../functions/call.ts'
import { FunctionValue } from '../../values/value.ts'
import { combined, type BoxKind } from './box.ts'

export const invocation: BoxKind<'invocation'> = ({ target, bindings }, names, tools, compile) => {
  const callee = compile(target, names, tools)
  const args = bindings.map(({ name, value }) => ({ name, value: compile(value, names, tools) }))
  const parts = [callee, ...args.map(({ value }) => value)]
  return combined(parts, (env) => {
    const found = callee.evaluate(env)
    if (!(found instanceof FunctionValue)) return null
    env.budget.take(1 + args.length)
    return callNamed(found, new Map(args.map(({ name, value }) => [name, value.evaluate(env)])), env)
  })
}
