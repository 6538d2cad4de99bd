import type { Json } from '@copse/contracts'
import { BudgetSpent } from '../budget.ts'
import { limits } from '../limits.ts'
import type { Meter } from './equal.ts'
import { textOf } from './text.ts'
import { FunctionValue, isContext, isList, type Value } from './value.ts'

/** Dates, times, durations and ranges as text; a function as null. */
export function toJson(value: Value | undefined, meter: Meter, depth = 0): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object') return value
  meter(1)
  if (depth > limits.depth) throw new BudgetSpent(`Values hold each other more than ${limits.depth} deep.`)
  if (isList(value)) {
    meter(value.length)
    return value.map((item) => toJson(item, meter, depth + 1))
  }
  if (value instanceof FunctionValue) return null
  if (!isContext(value)) return textOf(value, meter)
  const entries = Object.entries(value)
  meter(entries.length)
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, meter, depth + 1)]))
}
