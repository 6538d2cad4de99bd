import type { FunctionValue, Overload, Value, Env } from '../values/value.ts'

/** By place. The first way to call it that fits; null when none does. */
export function call(target: FunctionValue, args: readonly Value[], env: Env): Value {
  for (const overload of target.overloads) {
    const bound = bind(overload, args)
    if (bound) return overload.run(bound, env)
  }
  return null
}

export function callNamed(target: FunctionValue, args: ReadonlyMap<string, Value>, env: Env): Value {
  for (const overload of target.overloads) {
    const bound = bindNamed(overload, args)
    if (bound) return overload.run(bound, env)
  }
  return null
}

type Bound = (Value | undefined)[]

function bind({ parameters }: Overload, args: readonly Value[]): Bound | undefined {
  const last = parameters.at(-1)
  if (args.length > parameters.length && !last?.variadic) return undefined
  const bound: Bound = []
  for (const [index, parameter] of parameters.entries()) {
    if (parameter.variadic) {
      const rest = args.slice(index).map((arg) => parameter.accept(arg))
      return rest.every((arg) => arg !== undefined) ? [...bound, ...rest] : undefined
    }
    const arg = args[index]
    const value = arg === undefined ? undefined : parameter.accept(arg)
    if (value === undefined && !(arg === undefined && parameter.optional)) return undefined
    bound.push(value)
  }
  return bound
}

function bindNamed(overload: Overload, args: ReadonlyMap<string, Value>): Bound | undefined {
  const names = overload.parameters.map(({ name }) => name)
  if ([...args.keys()].some((name) => !names.includes(name))) return undefined
  const bound: Bound = []
  for (const parameter of overload.parameters) {
    const arg = args.get(parameter.name)
    if (arg === undefined && !parameter.optional) return undefined
    const value = arg === undefined ? undefined : parameter.accept(arg)
    if (arg !== undefined && value === undefined) return undefined
    bound.push(value)
  }
  return bound
}
