import { ContextScope, within } from '../../expression/env.ts'
import type { Evaluate } from '../../expression/lowering.ts'
import type { Shape } from '../../expression/names.ts'
import { newContext } from '../../values/value.ts'
import type { Variable } from '../model.ts'
import { combined, saysSomething, typed, type BoxKind, type CompiledBoxed, type Tools } from './box.ts'

/** An entry can use those above it. One without a name is what the whole comes to. */
export const context: BoxKind<'context'> = ({ entries }, names, tools, compile) => {
  const known = new Map(names)
  const fields = new Map<string, Shape>()
  const parts = entries.map(({ variable, value }) => {
    const part = variable ? `${tools.part}.${variable.name}` : tools.part
    const compiled = asVariable(compile(value, known, { ...tools, part }), variable, part, tools)
    if (variable) {
      known.set(variable.name, compiled.shape)
      fields.set(variable.name, compiled.shape)
    }
    return { name: variable?.name, compiled }
  })
  const result = parts.find(({ name }) => name === undefined)
  const evaluate: Evaluate = (env) => {
    const context = newContext()
    const inner = within(env, new ContextScope(context, env.scope))
    env.budget.take(parts.length)
    for (const { name, compiled } of parts) {
      if (name === undefined) return compiled.evaluate(inner)
      context[name] = compiled.evaluate(inner)
    }
    return context
  }
  const compiled = parts.map((part) => part.compiled)
  return combined(compiled, evaluate, result?.compiled.shape ?? { fields })
}

/** An entry is held to the type of its variable. */
function asVariable(
  compiled: CompiledBoxed,
  variable: Variable | undefined,
  part: string,
  { types }: Tools,
): CompiledBoxed {
  const type = types.find(variable?.type)
  if (!type) return compiled
  const { evaluate, weight, shape } = compiled
  return {
    weight,
    shape: saysSomething(type.shape) ? type.shape : shape,
    evaluate: (env) => typed(type, evaluate(env), env, part),
  }
}
