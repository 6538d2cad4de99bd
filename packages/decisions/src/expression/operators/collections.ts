import { isContext, isList, newContext, type Env, type Value } from '../../values/value.ts'
import { ContextScope, NameScope, within } from '../env.ts'
import type { Expr } from '../expr.ts'
import type { Evaluate, Operator } from '../lowering.ts'
import { weightOf } from '../weight.ts'

export const list: Operator<'list'> = ({ items }, to) => {
  const parts = items.map((item) => to.expression(item))
  return (env) => {
    env.budget.take(parts.length)
    return parts.map((part) => part(env))
  }
}

/** An entry can use those above it. */
export const context: Operator<'context'> = ({ entries }, to) => {
  const parts = entries.map(({ key, value }) => ({ key, value: to.expression(value) }))
  const isTwice = new Set(entries.map(({ key }) => key)).size < entries.length
  return (env) => {
    if (isTwice) return null
    env.budget.take(parts.length)
    const result = newContext()
    const inner = within(env, new ContextScope(result, env.scope))
    for (const { key, value } of parts) result[key] = value(inner)
    return result
  }
}

const truths = new Set<Expr['op']>(['compare', 'and', 'or', 'between', 'in', 'some', 'every', 'instance'])

/** By a number: the item at that place, from the end when negative. By a truth: the items it holds for. */
export const filter: Operator<'filter'> = ({ of, by }, to) => {
  return choosing(to.expression(of), to.expression(by), weightOf(by), truths.has(by.op))
}

export const choosing =
  (target: Evaluate, test: Evaluate, weight: number, isTruth: boolean): Evaluate =>
  (env) => {
    const value = target(env)
    if (value === null) return null
    const items = isList(value) ? value : [value]
    if (!isTruth) {
      const place = test(env)
      if (typeof place === 'number') return itemAt(items, place)
    }
    env.budget.take(items.length * weight)
    return items.filter((item) => test(within(env, itemScope(item, env))) === true)
  }

const itemAt = (items: readonly Value[], place: number): Value =>
  Number.isInteger(place) ? (items[place < 0 ? items.length + place : place - 1] ?? null) : null

/** `item`, and the entries of an item that is a context. */
function itemScope(item: Value, env: Env) {
  const named = new NameScope('item', item, env.scope)
  return isContext(item) ? new ContextScope(item, named) : named
}
