import { isChain, type Condition } from './condition.ts'
import { operatorOf } from './operators/all.ts'

/** Every field a condition reads, each once, in order of appearance. */
export const fieldsOf = (condition: Condition): string[] => [...new Set(appearances(condition))]

function appearances(condition: Condition): string[] {
  if (condition.op === 'not') return appearances(condition.of)
  if (isChain(condition)) return condition.of.flatMap(appearances)
  return [condition.field, ...operatorOf(condition.op).others(condition)]
}
