import type { Condition } from './condition.ts'
import { limits } from './limits.ts'
import { findOperator, operators } from './operators/all.ts'
import { type ConditionFault, Refusal, shorten } from './refusal.ts'
import { isPath } from './words.ts'

const byName = new Map(operators.flatMap((operator) => Object.entries(operator.structured)))
const names = [...byName.keys()]
/** What people write instead. */
const signs = new Map(
  Object.entries({
    '==': 'eq',
    '=': 'eq',
    equals: 'eq',
    '!=': 'neq',
    ne: 'neq',
    '>': 'gt',
    '>=': 'gte',
    '<': 'lt',
    '<=': 'lte',
    'not in': 'not_in',
    within: 'within_days',
    outside: 'outside_days',
  }),
)

export type StructuredResult = { ok: true; condition: Condition } | { ok: false; faults: ConditionFault[] }

/** `{field, operator, value}`: the same conditions as the text, one field at a time. */
export function fromStructured(input: unknown): StructuredResult {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, faults: [fault('A structured condition is {field, operator, value}.')] }
  }
  const { field, operator, value, ...rest } = input as Record<string, unknown>
  const faults: ConditionFault[] = []
  const unknown = Object.keys(rest)[0]
  if (unknown !== undefined)
    faults.push(fault(`\`${shorten(unknown)}\` does not belong here.`, 'Keep field, operator and value.'))
  const isField = typeof field === 'string' && isPath(field)
  if (!isField) faults.push(fault('`field` is a name or a path.', 'Write for example `order.status`.', 'field'))
  const build = typeof operator === 'string' ? byName.get(operator) : undefined
  if (!build) faults.push(unknownOperator(operator))
  if (!isField || !build || faults.length > 0) return { ok: false, faults }
  try {
    return { ok: true, condition: checked(build(field, value)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, faults: [fault(error.message, error.fix, 'value')] }
  }
}

function checked(json: object): Condition {
  const known = { ...json } as Record<string, unknown>
  const operator = findOperator(known.op)
  if (!operator) throw new Error('a structured name stands for no operator')
  return operator.check(known)
}

function unknownOperator(operator: unknown): ConditionFault {
  const shown = typeof operator === 'string' ? `\`${shorten(operator)}\`` : 'This'
  const lower = typeof operator === 'string' && operator.length <= limits.quoted ? operator.toLowerCase() : ''
  const better = signs.get(lower) ?? names.find((name) => name === lower)
  const fix = better ? `Write \`${better}\`.` : 'Write one of these.'
  return fault(`${shown} is no operator. Known are ${names.join(', ')}.`, fix, 'operator')
}

const fault = (message: string, fix?: string, key?: ConditionFault['key']): ConditionFault => ({
  message,
  line: 1,
  column: 1,
  ...(fix && { fix }),
  ...(key && { key }),
})
