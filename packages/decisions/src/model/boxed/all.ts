import type { Boxed } from '../model.ts'
import { saysSomething, typed, type BoxKind, type BoxOf, type Compile } from './box.ts'
import { filter, list, relation } from './collections.ts'
import { context } from './context.ts'
import { conditional, loop } from './control.ts'
import { definition } from './functions.ts'
import { invocation } from './invocation.ts'
import { table } from './table.ts'
import { text } from './text.ts'

const kinds: { [K in Boxed['box']]: BoxKind<K> } = {
  text,
  table,
  context,
  invocation,
  relation,
  list,
  function: definition,
  conditional,
  filter,
  for: loop,
  some: loop,
  every: loop,
}

/** Boxed expressions to closures, each held to its type. */
export const compileBoxed: Compile = (boxed, names, tools) => {
  const compiled = compileKind(boxed as BoxOf<Boxed['box']>, names, tools)
  const type = tools.types.find(boxed.type)
  if (!type) return compiled
  const { evaluate, shape, weight } = compiled
  return {
    weight,
    shape: saysSomething(type.shape) ? type.shape : shape,
    evaluate: (env) => typed(type, evaluate(env), env, tools.part),
  }
}

const compileKind = <K extends Boxed['box']>(
  boxed: BoxOf<K>,
  ...rest: Parameters<Compile> extends [unknown, ...infer R] ? R : never
) => (kinds[(boxed as Boxed).box] as BoxKind<K>)(boxed, ...rest, compileBoxed)
