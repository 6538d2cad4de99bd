import { ContextScope, within } from '../../expression/env.ts'
import type { Evaluate } from '../../expression/lowering.ts'
import { noShape, type Names } from '../../expression/names.ts'
import { FunctionValue, newContext, type Env, type Overload } from '../../values/value.ts'
import type { Variable } from '../model.ts'
import type { ItemTypes } from '../item-types.ts'
import type { BoxKind } from './box.ts'

/** Functions of other languages are null: nothing outside of FEEL is run. */
export const definition: BoxKind<'function'> = ({ kind, parameters, body }, names, tools, compile) => {
  if (kind !== 'FEEL') return { evaluate: () => null, shape: noShape, weight: 1 }
  const { evaluate, weight } = compile(body, withParameters(names, parameters, tools.types), tools)
  const make: Evaluate = (env) => functionOf(parameters, tools.types, evaluate, weight, env)
  return { shape: noShape, weight: 1, evaluate: make }
}

export const withParameters = (names: Names, parameters: readonly Variable[], types: ItemTypes): Names =>
  new Map([...names, ...parameters.map(({ name, type }) => [name, types.find(type)?.shape ?? noShape] as const)])

/** `defined`: where names of the body are looked up behind the parameters. */
export function functionOf(
  parameters: readonly Variable[],
  types: ItemTypes,
  body: Evaluate,
  weight: number,
  defined: Env,
): FunctionValue {
  const overload: Overload = {
    parameters: parameters.map(({ name, type }) => {
      const known = types.find(type)
      return { name, accept: (value) => (known ? known.accept(value, defined) : value) }
    }),
    run(args, caller) {
      caller.budget.take(weight)
      const given = newContext()
      for (const [index, { name }] of parameters.entries()) given[name] = args[index] ?? null
      return caller.budget.deeper(() => body(within(defined, new ContextScope(given, defined.scope))))
    },
  }
  return new FunctionValue([overload])
}
