import { BudgetSpent } from '../budget.ts'
import { limits } from '../limits.ts'
import type { Meter } from './equal.ts'
import { numberText } from './number.ts'
import { FunctionValue, isContext, isList, Range, type Value } from './value.ts'

const plainKey = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** What FEEL's `string()` makes of a value: text as it is, text inside of something in quotes. */
export function textOf(value: Value, meter: Meter, quoted = false, depth = 0): string {
  meter(1)
  if (depth > limits.depth) throw new BudgetSpent(`Values hold each other more than ${limits.depth} deep.`)
  if (value === null) return 'null'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') {
    meter(value.length / 16)
    return quoted ? JSON.stringify(value) : value
  }
  if (isList(value)) return `[${value.map((item) => textOf(item, meter, true, depth + 1)).join(', ')}]`
  if (value instanceof Range) return rangeText(value, meter)
  if (value instanceof FunctionValue) {
    return `function(${value.overloads[0]?.parameters.map(({ name }) => name).join(', ') ?? ''})`
  }
  if (!isContext(value)) return value.toString()
  const entries = Object.entries(value).map(([key, one]) => {
    return `${plainKey.test(key) ? key : JSON.stringify(key)}: ${textOf(one, meter, true, depth + 1)}`
  })
  return `{${entries.join(', ')}}`
}

function rangeText({ low, high, lowIncluded, highIncluded }: Range, meter: Meter): string {
  const end = (value: Value | undefined) => (value === undefined ? '' : textOf(value, meter, true))
  return `${lowIncluded ? '[' : '('}${end(low)}..${end(high)}${highIncluded ? ']' : ')'}`
}
