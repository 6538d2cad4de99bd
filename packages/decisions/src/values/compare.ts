import type { Comparison } from '../expression/expr.ts'
import { equal, type Meter } from './equal.ts'
import { order } from './order.ts'
import { isList, Range, type Value } from './value.ts'

/** Null is unknown: what cannot be compared is neither less nor more. */
export function compare(is: Comparison, a: Value, b: Value, meter: Meter): boolean | null {
  if (is === '=') return equal(a, b, meter)
  if (is === '!=') {
    const result = equal(a, b, meter)
    return result === null ? null : !result
  }
  const between = order(a, b)
  if (between === undefined) return null
  switch (is) {
    case '<':
      return between < 0
    case '<=':
      return between <= 0
    case '>':
      return between > 0
    case '>=':
      return between >= 0
  }
}

/** Is a value, or a whole range, within the range? Null when it cannot be said. */
export function includes(range: Range, value: Value): boolean | null {
  if (value instanceof Range) return includesRange(range, value)
  const low = range.low === undefined ? 1 : order(value, range.low)
  const high = range.high === undefined ? -1 : order(value, range.high)
  if (low === undefined || high === undefined || value === null) return null
  return (range.lowIncluded ? low >= 0 : low > 0) && (range.highIncluded ? high <= 0 : high < 0)
}

function includesRange(outer: Range, inner: Range): boolean | null {
  const low = orderEnds(outer.low, inner.low)
  const high = orderEnds(inner.high, outer.high)
  if (low === undefined || high === undefined) return null
  const lowFits = low < 0 || (low === 0 && (outer.lowIncluded || !inner.lowIncluded))
  return lowFits && (high < 0 || (high === 0 && (outer.highIncluded || !inner.highIncluded)))
}

/** Open ends: outside of everything. */
function orderEnds(a: Value | undefined, b: Value | undefined): number | undefined {
  if (a === undefined) return b === undefined ? 0 : -1
  return b === undefined ? 1 : order(a, b)
}

/** Does a value pass a test that is a value: by being it, being in it, or being within it? */
export function passes(value: Value, test: Value, meter: Meter): boolean | null {
  if (test instanceof Range) {
    const result = includes(test, value)
    return result === null && value instanceof Range ? equal(value, test, meter) : result
  }
  if (!isList(test)) return equal(value, test, meter)
  if (isList(value) && equal(value, test, meter) === true) return true
  meter(test.length)
  let result: boolean | null = false
  for (const one of test) {
    const passed = one instanceof Range ? includes(one, value) : equal(value, one, meter)
    if (passed === true) return true
    if (passed === null && one instanceof Range) result = null
  }
  return result
}
