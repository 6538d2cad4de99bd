import { order } from '../values/order.ts'
import { isContext, isList, kindOf, type Value } from '../values/value.ts'

/**
 * Is the value what the suite expects? Numbers to 1e-8 of their size, since ours are binary; everything else exactly.
 * Text is also taken for a date, time or duration: the suite cannot say which of both it means.
 */
export function agrees(actual: Value, expected: Value): boolean {
  if (expected === null) return actual === null
  if (typeof expected === 'number') {
    return typeof actual === 'number' && Math.abs(actual - expected) <= 1e-8 * Math.max(1, Math.abs(expected))
  }
  if (isList(expected)) {
    return (
      isList(actual) && actual.length === expected.length && expected.every((one, i) => agrees(actual[i] ?? null, one))
    )
  }
  if (isContext(expected)) {
    if (!isContext(actual)) return false
    const keys = Object.keys(expected)
    if (keys.length !== Object.keys(actual).length) return false
    return keys.every((key) => Object.hasOwn(actual, key) && agrees(actual[key] ?? null, expected[key] ?? null))
  }
  if (typeof expected !== 'object') return actual === expected
  return kindOf(actual) === kindOf(expected) && order(actual, expected) === 0
}
