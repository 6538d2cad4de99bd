import { findPhrase } from '../words.ts'
import { lastMeant, type Found, type Reader } from '../reading.ts'
import { parseAmount } from './amount.ts'
import { isBelowZero } from './sign.ts'
import { spelledIn } from './spelled.ts'

/** Counts and measures: "3 people" where the field speaks of people, or a number alone when it was asked for. */
export const readNumber: Reader = (field, reading, asked) => {
  const numbers = [
    ...reading.text.matchAll(/(?<![\p{L}\d.,:/#]|[\p{L}\d.,:/#]-)\d{1,15}(?:[.,]\d{1,6})?(?![\p{L}\d]|[-:/]\d)/gu),
  ]
    .map((match): Found => ({
      start: match.index,
      end: match.index + match[0].length,
      value: parseAmount(match[0]) ?? 0,
    }))
    .concat(spelledIn(reading.words))
    .map((found) => (isBelowZero(reading.text, found.start) ? { ...found, value: -Number(found.value) } : found))
    .filter((found) => field.type !== 'integer' || Number.isInteger(found.value))
  const names = [field.key.replaceAll('_', ' '), field.title ?? '', ...Object.values(field.titles ?? {})]
  const places = names
    .join(' ')
    .split(/\s+/)
    .flatMap((word) => (word.length > 3 ? findPhrase(reading.words, word) : []))
  const beside = numbers.filter((one) =>
    places.some((place) => near(one.end, place.start) || near(place.end, one.start)),
  )
  return lastMeant(reading, beside) ?? (asked && numbers.length === 1 ? lastMeant(reading, numbers) : undefined)
}

const near = (end: number, start: number): boolean => start >= end && start - end <= 4
