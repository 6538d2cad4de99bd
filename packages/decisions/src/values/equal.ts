import { BudgetSpent } from '../budget.ts'
import { limits } from '../limits.ts'
import { order } from './order.ts'
import { isContext, isList, kindOf, Range, type Context, type Value } from './value.ts'

/** Called once per pair of parts that is compared, so that what shares its parts cannot be compared for ever. */
export type Meter = (steps: number) => void

/** FEEL's `=`: null only equals null; values of different kinds are neither equal nor unequal, which is null. */
export function equal(a: Value | undefined, b: Value | undefined, meter: Meter, depth = 0): boolean | null {
  if (a === b) return true
  a ??= null
  b ??= null
  if (a === null || b === null) return a === b
  if (depth > limits.depth) throw new BudgetSpent(`Values hold each other more than ${limits.depth} deep.`)
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return null
  if (isList(a) && isList(b)) return equalLists(a, b, meter, depth + 1)
  if (a instanceof Range && b instanceof Range) return equalRanges(a, b, meter)
  if (isContext(a) && isContext(b)) return equalContexts(a, b, meter, depth + 1)
  if (kind === 'boolean' || kind === 'function') return false
  const between = order(a, b)
  return between === undefined ? false : between === 0
}

function equalLists(a: readonly Value[], b: readonly Value[], meter: Meter, depth: number): boolean | null {
  if (a.length !== b.length) return false
  meter(a.length)
  return all(a.length, (index) => equal(a[index], b[index], meter, depth))
}

function equalRanges(a: Range, b: Range, meter: Meter): boolean {
  meter(2)
  if (a.lowIncluded !== b.lowIncluded || a.highIncluded !== b.highIncluded) return false
  return equal(a.low, b.low, meter) === true && equal(a.high, b.high, meter) === true
}

function equalContexts(a: Context, b: Context, meter: Meter, depth: number): boolean | null {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  meter(keys.length)
  return all(keys.length, (index) => {
    const key = keys[index] ?? ''
    return Object.hasOwn(b, key) ? equal(a[key], b[key], meter, depth) : false
  })
}

/** One inequality decides; else one unknown makes it unknown. */
function all(count: number, test: (index: number) => boolean | null): boolean | null {
  let result: boolean | null = true
  for (let index = 0; index < count; index++) {
    const one = test(index)
    if (one === false) return false
    if (one === null) result = null
  }
  return result
}

/** Of the same kind as well: the equality of FEEL's function `is`, of lists' `contains` and of distinct values. */
export const same = (a: Value | undefined, b: Value | undefined, meter: Meter): boolean => equal(a, b, meter) === true
