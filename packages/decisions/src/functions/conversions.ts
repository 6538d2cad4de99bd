import { same } from '../values/equal.ts'
import { textOf } from '../values/text.ts'
import { kindOf, type Value } from '../values/value.ts'
import { define, overload, type Functions } from './define.ts'

const separators = new Set([' ', ',', '.'])
const written = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/

function numberOf(text: string, grouping: Value, decimal: Value): Value {
  for (const separator of [grouping, decimal]) {
    if (separator !== null && (typeof separator !== 'string' || !separators.has(separator))) return null
  }
  if (decimal === ' ' || (grouping !== null && grouping === decimal)) return null
  const whole = typeof grouping === 'string' ? text.replaceAll(grouping, '') : text
  const point = typeof decimal === 'string' && decimal !== '.' ? whole.replaceAll(decimal, '.') : whole
  const isAmbiguous = decimal === ',' && whole.includes('.')
  const number = !isAmbiguous && point.length <= 400 && written.test(point) ? Number(point) : Number.NaN
  return Number.isFinite(number) ? number : null
}

export const conversionFunctions: Functions = {
  not: define(overload('negand: any', ([value]) => (typeof value === 'boolean' ? !value : null))),
  string: define(
    overload('from: any', ([value = null], env) => (value === null ? null : textOf(value, env.budget.take))),
  ),
  number: define(
    overload('from: string', ([text]) => numberOf(text as string, null, null)),
    overload(
      'from: string, grouping separator?: string, decimal separator?: string',
      ([text, grouping = null, decimal = null]) => numberOf(text as string, grouping, decimal),
    ),
  ),
  /** The same value of the same kind: a local time is not the same as one with a zone. */
  is: define(
    overload('value1: any, value2: any', ([a = null, b = null], env) =>
      kindOf(a) === kindOf(b) ? same(a, b, env.budget.take) : false,
    ),
  ),
}
