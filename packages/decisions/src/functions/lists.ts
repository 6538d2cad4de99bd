import { same } from '../values/equal.ts'
import { order } from '../values/order.ts'
import { FunctionValue, isList, type Value, type Env } from '../values/value.ts'
import { call } from './call.ts'
import { define, itemsOf, overload, type Functions } from './define.ts'

const ofList = (parameters: string, make: (list: readonly Value[], rest: Value[], env: Env) => Value) =>
  overload(parameters, ([list, ...rest], env) => {
    const items = list as readonly Value[]
    env.budget.take(items.length)
    return make(
      items,
      rest.map((one) => one ?? null),
      env,
    )
  })

const indexOf = (list: readonly Value[], position: number): number =>
  position < 0 ? list.length + Math.trunc(position) : Math.trunc(position) - 1

const isPlace = (list: readonly Value[], index: number): boolean => index >= 0 && index < list.length

/** The smallest or largest: numbers, text, dates; null when they cannot all be compared. */
const extreme = (sign: 1 | -1) =>
  define(
    overload('...list: any', (args, env) => {
      const items = itemsOf(args)
      if (!items || items.length === 0) return null
      env.budget.take(items.length)
      let best = items[0] ?? null
      for (const item of items) {
        const between = order(item, best)
        if (between === undefined) return null
        if (between * sign < 0) best = item
      }
      return best
    }),
  )

/** Kleene over all items. */
const truthOf = (deciding: boolean) =>
  define(
    overload('...list: any', (args, env) => {
      const items = itemsOf(args)
      if (!items) return null
      env.budget.take(items.length)
      if (items.includes(deciding)) return deciding
      return items.every((item) => typeof item === 'boolean') ? !deciding : null
    }),
  )

function distinct(items: readonly Value[], env: Env): Value[] {
  const result: Value[] = []
  const scalars = new Set<Value>()
  for (const item of items) {
    if (item === null || typeof item !== 'object') {
      if (scalars.has(item)) continue
      scalars.add(item)
    } else {
      env.budget.take(result.length)
      if (result.some((one) => same(one, item, env.budget.take))) continue
    }
    result.push(item)
  }
  return result
}

function flatten(items: readonly Value[], env: Env): Value[] {
  const result: Value[] = []
  const visit = (list: readonly Value[]): void => {
    env.budget.take(list.length)
    for (const item of list) {
      if (isList(item)) env.budget.deeper(() => visit(item))
      else result.push(item)
    }
  }
  visit(items)
  return result
}

const concatenated = (args: readonly (Value | undefined)[], env: Env): Value[] | null => {
  if (!args.every((arg) => arg !== undefined && isList(arg))) return null
  env.budget.take((args as Value[][]).reduce((sum, list) => sum + list.length, 0))
  return (args as Value[][]).flat()
}

function sort(list: readonly Value[], precedes: FunctionValue, env: Env): Value {
  return list.toSorted((a, b) =>
    call(precedes, [a, b], env) === true ? -1 : call(precedes, [b, a], env) === true ? 1 : 0,
  )
}

function replaceItems(list: readonly Value[], match: FunctionValue, item: Value, env: Env): Value {
  const answers = list.map((one) => call(match, [one, item], env))
  if (!answers.every((answer) => typeof answer === 'boolean')) return null
  return list.map((one, index) => (answers[index] === true ? item : one))
}

export const listFunctions: Functions = {
  count: define(ofList('list: list', (list) => list.length)),
  min: extreme(1),
  max: extreme(-1),
  all: truthOf(false),
  any: truthOf(true),
  'list contains': define(
    ofList('list: list, element: any', (list, [element = null], env) =>
      list.some((item) => same(item, element, env.budget.take)),
    ),
  ),
  'index of': define(
    ofList('list: list, match: any', (list, [match = null], env) =>
      list.flatMap((item, index) => (same(item, match, env.budget.take) ? [index + 1] : [])),
    ),
  ),
  sublist: define(
    ofList('list: list, start position: number, length?: number', (list, [start, length = null]) => {
      const from = indexOf(list, start as number)
      if (!isPlace(list, from)) return null
      if (length === null) return list.slice(from)
      const count = length as number
      return count < 1 || from + count > list.length ? null : list.slice(from, from + Math.trunc(count))
    }),
  ),
  append: define(ofList('list: list, ...item: any', (list, items) => [...list, ...items])),
  concatenate: define(overload('...list: list', concatenated)),
  'insert before': define(
    ofList('list: list, position: number, newItem: any', (list, [position, item = null]) => {
      const index = indexOf(list, position as number)
      return isPlace(list, index) ? list.toSpliced(index, 0, item) : null
    }),
  ),
  remove: define(
    ofList('list: list, position: number', (list, [position]) => {
      const index = indexOf(list, position as number)
      return isPlace(list, index) ? list.toSpliced(index, 1) : null
    }),
  ),
  'list replace': define(
    ofList('list: list, position: number, newItem: any', (list, [position, item = null]) => {
      const index = indexOf(list, position as number)
      return isPlace(list, index) ? list.with(index, item) : null
    }),
    ofList('list: list, match: function, newItem: any', (list, [match, item = null], env) =>
      replaceItems(list, match as FunctionValue, item, env),
    ),
  ),
  reverse: define(ofList('list: list', (list) => list.toReversed())),
  union: define(
    overload('...list: list', (args, env) => {
      const all = concatenated(args, env)
      return all && distinct(all, env)
    }),
  ),
  'distinct values': define(ofList('list: list', (list, _, env) => distinct(list, env))),
  flatten: define(overload('list: list', ([list], env) => flatten(list as readonly Value[], env))),
  sort: define(
    ofList('list: list, precedes: function', (list, [precedes], env) => sort(list, precedes as FunctionValue, env)),
    ofList('list: list', (list) => {
      const sortable = list.every((item) => order(item, list[0]) !== undefined)
      return sortable ? list.toSorted((a, b) => order(a, b) ?? 0) : null
    }),
  ),
}
