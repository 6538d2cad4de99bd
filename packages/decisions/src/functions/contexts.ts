import { isContext, isList, newContext, type Context, type Value, type Env } from '../values/value.ts'
import { partOf } from '../values/parts.ts'
import { define, itemsOf, overload, type Functions } from './define.ts'

function copyOf(context: Context, env: Env): Record<string, Value> {
  const keys = Object.keys(context)
  env.budget.take(keys.length)
  const copy = newContext()
  for (const key of keys) copy[key] = context[key] ?? null
  return copy
}

function put(context: Context, keys: readonly Value[], value: Value, env: Env): Context | null {
  const [key, ...rest] = keys
  if (typeof key !== 'string') return null
  const copy = copyOf(context, env)
  if (rest.length === 0) {
    copy[key] = value
    return copy
  }
  const inner = copy[key]
  const changed = isContext(inner) ? put(inner, rest, value, env) : null
  if (!changed) return null
  copy[key] = changed
  return copy
}

function fromEntries(entries: readonly Value[] | undefined, env: Env): Value {
  if (!entries) return null
  env.budget.take(entries.length)
  const context = newContext()
  for (const entry of entries) {
    if (!isContext(entry) || !Object.hasOwn(entry, 'value')) return null
    const key = partOf(entry, 'key')
    if (typeof key !== 'string' || Object.hasOwn(context, key)) return null
    context[key] = partOf(entry, 'value')
  }
  return context
}

export const contextFunctions: Functions = {
  'get value': define(
    overload('m: context, key: string', ([context, key]) => partOf(context ?? null, key as string)),
    overload('context: context, keys: list', ([context, keys]) =>
      (keys as readonly Value[]).reduce(
        (at: Value, key) => (typeof key === 'string' ? partOf(at, key) : null),
        context ?? null,
      ),
    ),
  ),
  'get entries': define(
    overload('m: context', ([m], env) => {
      const context = copyOf(m as Context, env)
      return Object.entries(context).map(([key, value]) => Object.assign(newContext(), { key, value }))
    }),
  ),
  context: define(
    overload('entries: any', (args, env) => fromEntries(itemsOf(args), env)),
    overload('...entries: any', (args, env) => fromEntries(itemsOf(args), env)),
  ),
  'context put': define(
    overload('context: context, key: string, value: any', ([context, key = null, value = null], env) =>
      put(context as Context, [key], value, env),
    ),
    overload('context: context, keys: list, value: any', ([context, keys, value = null], env) =>
      put(context as Context, keys as readonly Value[], value, env),
    ),
  ),
  'context merge': define(
    overload('contexts: list', ([contexts], env) => {
      const list = isList(contexts) ? contexts : []
      if (!list.every(isContext)) return null
      const merged = newContext()
      for (const context of list) Object.assign(merged, copyOf(context, env))
      return merged
    }),
  ),
}
