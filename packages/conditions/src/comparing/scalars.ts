import type { Literal } from '../condition.ts'
import { compareDates, isoDate, type Zone } from './dates.ts'
import { fold } from './words.ts'

/** Missing values, lists and objects are not: comparing them is unknown. */
export const isScalar = (value: unknown): value is Literal =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

/** Two values as they are. Different kinds are different; dates are compared as dates, other text without case. */
export function isSame(left: Literal, right: Literal, zone: Zone): boolean {
  if (typeof left !== 'string' || typeof right !== 'string') return left === right
  const date = isoDate(right)
  const other = date && isoDate(left)
  return date && other ? compareDates(other, date, zone) === 0 : fold(left) === fold(right)
}

/**
 * Negative, 0 or positive; undefined where there is no order: different kinds, booleans, a date against text that is
 * not one ("soon" is neither before nor after a day).
 */
export function order(left: Literal, right: Literal, zone: Zone): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  const [date, other] = [isoDate(left), isoDate(right)]
  if (date && other) return compareDates(date, other, zone)
  return date || other ? undefined : byText(fold(left), fold(right))
}

/** Both folded. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
