import { isoDate } from '../comparing/dates.ts'

/** Sticky: to be tried at one place of a text. None can backtrack over more than it is allowed to take. */
export const scanWord = /-?[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_.-]*/uy
export const scanNumber = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy
export const scanMoment = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?/iy
export const wordCharacter = /[\p{L}\p{N}\p{M}_.-]/uy
const day = /^\d{4}-\d{2}-\d{2}$/

export function scan(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}

const isAll = (pattern: RegExp, text: string): boolean => scan(pattern, text, 0) === text

export const isWord = (text: string): boolean => isAll(scanWord, text)
export const isNumberWord = (text: string): boolean => isAll(scanNumber, text)
export const looksLikeDate = (text: string): boolean => day.test(text) || isAll(scanMoment, text)
/** A date that may stand without quotes. */
export const isDateWord = (text: string): boolean => looksLikeDate(text) && isoDate(text) !== undefined
