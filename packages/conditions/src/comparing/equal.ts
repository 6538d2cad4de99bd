import type { Env, Literal, Operand, Truth } from '../condition.ts'
import { compareDates, isoDate } from './dates.ts'
import { numeric } from './numeric.ts'
import { isSame, isScalar } from './scalars.ts'
import { wordTest } from './words.ts'

/** Asks something of a value that was read; undefined is unknown. */
export type Holds = (actual: unknown, env: Env) => Truth

/**
 * Is it equal to the operand? With `wanted` false: is it not? Values that cannot be compared are neither. A closure for
 * each kind of operand, so that nothing about it is asked again at every evaluation.
 */
export function equalTo(operand: Operand, wanted = true): Holds {
  if (typeof operand === 'object') return equalToField(operand.path, wanted)
  if (typeof operand === 'number') return equalToNumber(operand, wanted)
  if (typeof operand === 'boolean') return equalToBoolean(operand, wanted)
  return isoDate(operand) ? equalToDate(operand, wanted) : equalToWord([operand], wanted)
}

/** Only a number literal makes text count as the number that it spells. */
function equalToNumber(value: number, wanted: boolean): Holds {
  return (actual) => {
    if (typeof actual === 'number') return Number.isFinite(actual) ? (actual === value) === wanted : undefined
    if (typeof actual === 'string') return (numeric(actual) === value) === wanted
    return typeof actual === 'boolean' ? !wanted : undefined
  }
}

function equalToBoolean(value: boolean, wanted: boolean): Holds {
  return (actual) => {
    if (typeof actual === 'boolean') return (actual === value) === wanted
    return isScalar(actual) ? !wanted : undefined
  }
}

function equalToWord(words: readonly string[], wanted: boolean): Holds {
  const isOne = wordTest(words)
  return (actual) => {
    if (typeof actual === 'string') return isOne(actual) === wanted
    return isScalar(actual) ? !wanted : undefined
  }
}

function equalToDate(value: string, wanted: boolean): Holds {
  const date = isoDate(value)
  return (actual, env) => {
    if (typeof actual !== 'string') return isScalar(actual) ? !wanted : undefined
    const other = isoDate(actual)
    return (date !== undefined && other !== undefined && compareDates(other, date, env) === 0) === wanted
  }
}

function equalToField(path: string, wanted: boolean): Holds {
  return (actual, env) => {
    const other = env.read(path)
    return isScalar(actual) && isScalar(other) ? isSame(actual, other, env) === wanted : undefined
  }
}

const isWord = (operand: Operand): operand is string => typeof operand === 'string' && !isoDate(operand)
const isLiteral = (operand: Operand): operand is Literal => typeof operand !== 'object'

/** Equal to one of them; as soon as one is, whatever is unknown about the others. */
export function equalToAny(operands: readonly Operand[], wanted: boolean): Holds {
  const words = operands.filter(isWord)
  if (words.length === operands.length) return equalToWord(words, wanted)
  // Fields last: they cost a read.
  const others = [...operands].filter((operand) => !isWord(operand)).sort((a, b) => +!isLiteral(a) - +!isLiteral(b))
  const isOne = wordTest(words)
  const tests = others.map((operand) => equalTo(operand))
  return (actual, env) => {
    if (!isScalar(actual)) return undefined
    if (typeof actual === 'string' && isOne(actual)) return wanted
    let truth: Truth = !wanted
    for (const equal of tests) {
      const one = equal(actual, env)
      if (one) return wanted
      if (one === undefined) truth = undefined
    }
    return truth
  }
}
