import { dateFromDays, CalendarDate } from '../../values/date.ts'
import { isList, Range, type Env, type Value } from '../../values/value.ts'
import { NameScope, within } from '../env.ts'
import type { Iteration } from '../expr.ts'
import type { Evaluate, Lowering, Operator } from '../lowering.ts'
import { weightOf } from '../weight.ts'

export interface Loop {
  name: string
  from: Evaluate
  to: Evaluate | undefined
}

const loopsOf = (over: Iteration[], lowering: Lowering): Loop[] =>
  over.map((one) => ({
    name: one.name,
    from: lowering.expression(one.in),
    to: one.to && lowering.expression(one.to),
  }))

/** Calls `visit` for every combination, the last name turning fastest, until it returns false. False: cannot be looped over. */
function visitAll(loops: Loop[], env: Env, visit: (env: Env) => boolean, at = 0): boolean | 'stopped' {
  const loop = loops[at]
  if (!loop) return visit(env) || 'stopped'
  const items = itemsOf(loop, env)
  if (!items) return false
  for (const item of items) {
    env.budget.take(1)
    const result = visitAll(loops, within(env, new NameScope(loop.name, item, env.scope)), visit, at + 1)
    if (result !== true) return result
  }
  return true
}

function itemsOf({ from, to }: Loop, env: Env): Iterable<Value> | undefined {
  const start = from(env)
  if (to) return steps(start, to(env))
  if (isList(start)) return start
  if (!(start instanceof Range)) return undefined
  // A range from high to low holds nothing to count, and one that leaves an end out has no first or last.
  const { low, high, lowIncluded, highIncluded } = start
  const counted = steps(low ?? null, high ?? null)
  if (!counted || (typeof low === 'number' && typeof high === 'number' && low > high)) return undefined
  const rest = [...trimmed(counted, env)]
  return rest.slice(lowIncluded ? 0 : 1, highIncluded ? undefined : -1)
}

function* trimmed(items: Iterable<Value>, env: Env): Generator<Value> {
  for (const item of items) {
    env.budget.take(1)
    yield item
  }
}

/** The whole numbers or days from one to the other, up or down. Made one by one: `1..3e7` must not fill the memory. */
function steps(from: Value, to: Value): Iterable<Value> | undefined {
  if (typeof from === 'number' && typeof to === 'number') {
    return Number.isInteger(from) && Number.isInteger(to) ? count(from, to, (n) => n) : undefined
  }
  if (!(from instanceof CalendarDate) || !(to instanceof CalendarDate)) return undefined
  return count(from.days, to.days, (days) => dateFromDays(days) ?? null)
}

function* count(from: number, to: number, value: (n: number) => Value): Generator<Value> {
  const step = from <= to ? 1 : -1
  for (let n = from; step > 0 ? n <= to : n >= to; n += step) yield value(n)
}

/** The body can use `partial`, the results so far. */
export const loop: Operator<'for'> = ({ over, each }, to) => {
  return collecting(loopsOf(over, to), to.expression(each), weightOf(each))
}

export const collecting =
  (loops: Loop[], body: Evaluate, weight: number): Evaluate =>
  (env) => {
    const results: Value[] = []
    const done = visitAll(loops, within(env, new NameScope('partial', results, env.scope)), (inner) => {
      inner.budget.take(weight)
      results.push(body(inner))
      return true
    })
    return done === false ? null : results
  }

/** Kleene over all combinations: one that decides decides, else one unknown makes it unknown. */
export const quantified: Operator<'some' | 'every'> = ({ op, over, each }, to) => {
  return deciding(op === 'some', loopsOf(over, to), to.expression(each), weightOf(each))
}

export const deciding =
  (truth: boolean, loops: Loop[], body: Evaluate, weight: number): Evaluate =>
  (env) => {
    let result: boolean | null = !truth
    const done = visitAll(loops, env, (inner) => {
      inner.budget.take(weight)
      const one = body(inner)
      if (one === truth) result = truth
      else if (typeof one !== 'boolean') result = null
      return one !== truth
    })
    return done === false ? null : result
  }
