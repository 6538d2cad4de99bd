import type { Env, Literal, Operand, Truth } from '../condition.ts'
import { isoDate } from './dates.ts'
import { numeric } from './numeric.ts'
import { fold, isSame, isScalar, order, prepare, type Right } from './scalars.ts'

/** Compares a value that was read with an operand; undefined is unknown. */
export type Against<Result> = (actual: unknown, env: Env) => Result | undefined

export const equalTo = (operand: Operand): Against<boolean> => against(operand, isSame)
export const orderAgainst = (operand: Operand): Against<number> => against(operand, order)

function against<Result>(
  operand: Operand,
  compare: (left: Literal, right: Right) => Result | undefined,
): Against<Result> {
  if (typeof operand === 'object') {
    const { path } = operand
    return (actual, env) => {
      const other = env.read(path)
      return isScalar(actual) && isScalar(other) ? compare(actual, prepare(other)) : undefined
    }
  }
  const right = prepare(operand)
  const isNumber = typeof operand === 'number'
  return (actual) => {
    // Only a number literal makes text count as the number that it spells.
    const left = isNumber && typeof actual === 'string' ? (numeric(actual) ?? actual) : actual
    return isScalar(left) ? compare(left, right) : undefined
  }
}

const isWord = (operand: Operand): operand is string => typeof operand === 'string' && !isoDate(operand)

/** True as soon as one is equal; else unknown if one is unknown. Words, the usual list, are found in one step. */
export function equalToAny(operands: readonly Operand[]): Against<boolean> {
  const words = new Set(operands.filter(isWord).map(fold))
  const others = operands.filter((operand) => !isWord(operand)).map(equalTo)
  return (actual, env) => {
    if (!isScalar(actual)) return undefined
    if (typeof actual === 'string' && words.size > 0 && words.has(fold(actual))) return true
    let truth: Truth = false
    for (const equal of others) {
      const one = equal(actual, env)
      if (one) return true
      if (one === undefined) truth = undefined
    }
    return truth
  }
}
