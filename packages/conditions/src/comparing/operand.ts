import type { Env, Operand, Truth } from '../condition.ts'
import { isoDate } from './dates.ts'
import { numeric } from './numeric.ts'
import { fold, isScalar, orderScalars, sameScalar } from './scalars.ts'

/** Compares a value that was read with an operand; the literal kinds are worked out once, when compiled. */
export type Against<Result> = (actual: unknown, env: Env) => Result | undefined

/** Only a number literal makes a string count as the number that it spells. */
const asNumber = (actual: unknown): unknown => (typeof actual === 'string' ? (numeric(actual) ?? actual) : actual)

export function equalTo(operand: Operand): Against<boolean> {
  if (typeof operand === 'object') {
    const { path } = operand
    return (actual, env) => {
      const other = env.read(path)
      return isScalar(actual) && isScalar(other) ? sameScalar(actual, other) : undefined
    }
  }
  if (typeof operand === 'string' && !isoDate(operand)) {
    const folded = fold(operand)
    return (actual) => (typeof actual === 'string' ? fold(actual) === folded : isScalar(actual) ? false : undefined)
  }
  const read = typeof operand === 'number' ? asNumber : (actual: unknown) => actual
  return (actual) => {
    const known = read(actual)
    return isScalar(known) ? sameScalar(known, operand) : undefined
  }
}

export function orderAgainst(operand: Operand): Against<number> {
  if (typeof operand === 'object') {
    const { path } = operand
    return (actual, env) => {
      const other = env.read(path)
      return isScalar(actual) && isScalar(other) ? orderScalars(actual, other) : undefined
    }
  }
  const read = typeof operand === 'number' ? asNumber : (actual: unknown) => actual
  return (actual) => {
    const known = read(actual)
    return isScalar(known) ? orderScalars(known, operand) : undefined
  }
}

/** True as soon as one is true; else unknown as soon as one is unknown. */
export function anyOf(matches: readonly Against<boolean>[]): Against<boolean> {
  return (actual, env) => {
    let truth: Truth = false
    for (const match of matches) {
      const one = match(actual, env)
      if (one) return true
      if (one === undefined) truth = undefined
    }
    return truth
  }
}
