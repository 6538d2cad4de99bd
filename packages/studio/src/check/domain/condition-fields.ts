import type { Condition } from '@copse/conditions'

export type Chain = Extract<Condition, { of: Condition[] }>
/** The leaves of a condition: its questions to single fields. */
export type Question = Extract<Condition, { field: string }>

export const isChain = (condition: Condition): condition is Chain => condition.op === 'and' || condition.op === 'or'

export function questionsOf(condition: Condition): readonly Question[] {
  if (condition.op === 'not') return questionsOf(condition.of)
  if (!isChain(condition)) return [condition]
  const found = known.get(condition) ?? condition.of.flatMap(questionsOf)
  known.set(condition, found)
  return found
}
const known = new WeakMap<Chain, readonly Question[]>()

/** The same condition on other fields. */
export function renamed(condition: Condition, rename: (field: string) => string): Condition {
  if (condition.op === 'not') return { op: 'not', of: renamed(condition.of, rename) }
  if (isChain(condition)) return { op: condition.op, of: condition.of.map((part) => renamed(part, rename)) }
  return { ...condition, field: rename(condition.field) }
}

/** It asks a field about a constant, or for its presence: a value of that field alone answers. */
export function isAlone(question: Question): boolean {
  const operands = 'value' in question ? [question.value] : 'values' in question ? question.values : []
  return operands.every((operand) => typeof operand !== 'object')
}

/** A question that what is missing can answer. */
export const asksPresence = (question: Question): boolean => question.op === 'exists' || question.op === 'missing'
