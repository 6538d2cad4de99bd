import { isChain, type Condition, type Operand } from './condition.ts'

/** The same condition on other fields. */
export function rename(condition: Condition, nameOf: (field: string) => string): Condition {
  if (condition.op === 'not') return { op: 'not', of: rename(condition.of, nameOf) }
  if (isChain(condition)) return { op: condition.op, of: condition.of.map((part) => rename(part, nameOf)) }
  const operand = (one: Operand): Operand =>
    typeof one === 'object' && one !== null && 'path' in one ? { path: nameOf(one.path) } : one
  return {
    ...condition,
    field: nameOf(condition.field),
    ...('value' in condition ? { value: operand(condition.value) } : {}),
    ...('values' in condition ? { values: condition.values.map(operand) } : {}),
  }
}
