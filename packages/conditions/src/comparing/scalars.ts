import type { Literal } from '../condition.ts'
import { compareDates, isoDate } from './dates.ts'

/** Missing values, lists and objects are not: comparing them is unknown. */
export const isScalar = (value: unknown): value is Literal =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

export const fold = (text: string): string => text.toLowerCase()

/** Different kinds are different. Two dates are compared as dates, other strings without regard to case. */
export function sameScalar(a: Literal, b: Literal): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return a === b
  const dateA = isoDate(a)
  const dateB = dateA && isoDate(b)
  return dateA && dateB ? compareDates(dateA, dateB) === 0 : fold(a) === fold(b)
}

/**
 * Negative, 0 or positive; undefined where there is no order: different kinds, booleans, a date against text that is
 * not one ("soon" is neither before nor after a day).
 */
export function orderScalars(a: Literal, b: Literal): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const dateA = isoDate(a)
  const dateB = isoDate(b)
  if (dateA && dateB) return compareDates(dateA, dateB)
  if (dateA || dateB) return undefined
  const [foldedA, foldedB] = [fold(a), fold(b)]
  return foldedA < foldedB ? -1 : foldedA > foldedB ? 1 : 0
}
