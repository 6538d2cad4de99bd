import type { Field, Json } from '@copse/contracts'
import type { ExtractTask } from '../provider.ts'
import { perField } from './per-field.ts'
import { findWords, plain, wordsOf, type Word } from './words.ts'

/** What has been understood of one message so far. A stretch of text answers one field only: it is claimed. */
export interface Reading {
  text: string
  words: Word[]
  task: ExtractTask
  claimed: Span[]
}

export interface Span {
  start: number
  end: number
}

export interface Found extends Span {
  value: Json
}

/** Looks for one field in the message. `asked`: our last message asked for it. */
export type Reader = (field: Field, reading: Reading, asked: boolean) => Found | undefined

/** More than any channel carries; what lies beyond is not read, so that no message costs more than a millisecond or two. */
const longestRead = 8_000

export function beginReading(task: ExtractTask): Reading {
  const text = task.message.slice(0, longestRead)
  return { text, words: wordsOf(text), task, claimed: [] }
}

export const isFree = (reading: Reading, { start, end }: Span): boolean =>
  reading.claimed.every((span) => end <= span.start || start >= span.end)

const negation =
  /(?:\b(?:not|isn't|wasn't|aren't|instead of|rather than|no es|no era|en vez de|en lugar de)|\bno(?= (?:el|la|de|del)\b))(?: (?:it|is|the|my|an?|from|at|for|with|by|in|order|number|alert|el|la|un|una|de|del|mi|pedido|numero|#)){0,3}[ #"']*$/

/** "not ORD-123": the value is named to be excluded. "I did not receive ORD-123" is not that. */
export const isNegated = (reading: Reading, start: number): boolean =>
  negation.test(plain(reading.text.slice(Math.max(0, start - 48), start)))

/** People correct themselves to the right: of the values that are not negated, the last one said counts. */
export function lastMeant<T extends Span>(reading: Reading, candidates: readonly T[]): T | undefined {
  const meant = candidates
    .filter((one) => isFree(reading, one) && !isNegated(reading, one.start))
    .sort((a, b) => a.start - b.start)
  const last = meant.at(-1)
  // "Monday or Tuesday" leaves it open.
  const isOpen = meant.some((one) => last && either.test(reading.text.slice(one.end, last.start)))
  return isOpen ? undefined : last
}

const either = /^,? (?:or|o)(?: maybe| perhaps| on| the| el| at| quizas?)? $/i

/** Listed values found in the message, any case, singular or plural; the value is as the author wrote it. */
export const findListed = (reading: Reading, values: readonly string[]): Found[] =>
  listed(values).flatMap(({ value, words }) =>
    findWords(reading.words, words).map(({ start, end }) => ({ start, end, value })),
  )

const listed = perField((values: readonly string[]) =>
  values.map((value) => ({ value, words: wordsOf(value.replaceAll('_', ' ')) })),
)

/** The number that ends here counts something: "100 days ago", "3 pairs", "20 %". */
export const isQuantity = (text: string, end: number): boolean =>
  /^ ?(?:%|€|\$|dollars?|euros?|pounds?|bucks|usd|eur|days?|weeks?|months?|years?|hours?|minutes?|times|pairs?|items?|am\b|pm\b|d[ií]as?|semanas?|meses|a[ñn]os?)/i.test(
    text.slice(end, end + 16),
  )
