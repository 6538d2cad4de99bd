import { isoDate } from '../comparing/dates.ts'
import { equalTo } from '../comparing/equal.ts'
import { numeric } from '../comparing/numeric.ts'
import { isSame } from '../comparing/scalars.ts'
import type { Env, Literal } from '../condition.ts'
import type { FieldType } from './field-type.ts'

/**
 * What a value can be, as far as comparing goes. `text` may also be a date or spell a number; a `word` is text that is no
 * date. Declared values and literals are known exactly.
 */
export interface Sort {
  is: 'number' | 'boolean' | 'text' | 'date' | 'word' | 'list' | 'object'
  exactly?: Literal
  /** Written in the condition: a number literal makes text count as the number that it spells. */
  literal?: boolean
}

/** Does every pair of values have an answer, some, or none? */
export type Answered = 'always' | 'sometimes' | 'never'

export function sortOf(value: Literal, literal = false): Sort {
  const is = typeof value === 'string' ? (isoDate(value) ? 'date' : 'word') : (typeof value as 'number' | 'boolean')
  return { is, exactly: value, ...(literal && { literal }) }
}

/** Undefined for `any`, of which nothing is known. */
export function sortsOf(type: FieldType): Sort[] | undefined {
  if (type === 'any') return undefined
  if (type === 'string') return [{ is: 'text' }]
  if (typeof type === 'string') return [{ is: type }]
  if ('enum' in type) return type.enum.map((value) => sortOf(value))
  return [{ is: 'list' in type ? 'list' : 'object' }]
}

export const isOne = ({ is }: Sort): boolean => is !== 'list' && is !== 'object'
const isText = ({ is }: Sort): boolean => is === 'text' || is === 'date' || is === 'word'

/** Can a value of one sort be equal to one of the other? Never false when it can. */
export function canEqual(left: Sort, right: Sort): boolean {
  if (!isOne(left) || !isOne(right)) return false
  if (left.exactly !== undefined && right.exactly !== undefined)
    return isEqual(left.exactly, right.exactly, right.literal)
  if (right.literal && right.is === 'number' && left.is === 'text') return true
  if (!isText(left) || !isText(right)) return left.is === right.is
  return left.is === 'text' || right.is === 'text' || left.is === right.is
}

const nowhere: Env = { read: () => undefined, now: 0 }

function isEqual(left: Literal, right: Literal, literal = false): boolean {
  const [a, b] = [left, right].map((value) => (typeof value === 'string' ? isoDate(value) : undefined))
  // The zone decides on which day a moment falls.
  if (a && b && a.wholeDay !== b.wholeDay) return true
  return literal ? equalTo(right)(left, nowhere) === true : isSame(left, right, nowhere)
}

/** Is it known which of the two comes first? */
export function orderOf(left: Sort, right: Sort): Answered {
  if (left.is === 'number' && right.is === 'number') return 'always'
  if (right.literal && right.is === 'number') return spellsNumber(left)
  if (!isText(left) || !isText(right)) return 'never'
  if (left.is === 'text' || right.is === 'text') return 'sometimes'
  return left.is === right.is ? 'always' : 'never'
}

/** Is it a date, or an age that was counted already? */
export function timeOf(sort: Sort): Answered {
  return sort.is === 'number' || sort.is === 'date' ? 'always' : spellsNumber(sort)
}

function spellsNumber({ is, exactly }: Sort): Answered {
  if (is === 'text') return 'sometimes'
  return is === 'word' && typeof exactly === 'string' && numeric(exactly) !== undefined ? 'always' : 'never'
}

/** Of all pairs together. */
export function together(answers: readonly Answered[]): Answered {
  if (answers.every((one) => one === 'always')) return 'always'
  return answers.every((one) => one === 'never') ? 'never' : 'sometimes'
}
