import type { Literal } from '../condition.ts'
import { compareDates, isoDate, type IsoDate } from './dates.ts'

/** Missing values, lists and objects are not: comparing them is unknown. */
export const isScalar = (value: unknown): value is Literal =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

export const fold = (text: string): string => text.toLowerCase()

/** What stands on the right, with the work done that does not depend on the left. */
export interface Right {
  value: Literal
  folded: string
  date: IsoDate | undefined
}

export const prepare = (value: Literal): Right =>
  typeof value === 'string'
    ? { value, folded: fold(value), date: isoDate(value) }
    : { value, folded: '', date: undefined }

/** Different kinds are different. Two dates are compared as dates, other strings without regard to case. */
export function isSame(left: Literal, right: Right): boolean {
  if (typeof left !== 'string' || typeof right.value !== 'string') return left === right.value
  const date = right.date && isoDate(left)
  return date && right.date ? compareDates(date, right.date) === 0 : fold(left) === right.folded
}

/**
 * Negative, 0 or positive; undefined where there is no order: different kinds, booleans, a date against text that is
 * not one ("soon" is neither before nor after a day).
 */
export function order(left: Literal, right: Right): number | undefined {
  if (typeof left === 'number' && typeof right.value === 'number') return left - right.value
  if (typeof left !== 'string' || typeof right.value !== 'string') return undefined
  const date = isoDate(left)
  if (date && right.date) return compareDates(date, right.date)
  if (date || right.date) return undefined
  const folded = fold(left)
  return folded < right.folded ? -1 : folded > right.folded ? 1 : 0
}
