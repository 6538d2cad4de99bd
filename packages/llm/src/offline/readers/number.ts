import type { Field } from '@copse/contracts'
import { perField } from '../per-field.ts'
import { findPhrase, plain } from '../words.ts'
import { isFree, lastMeant, type Found, type Reader, type Reading } from '../reading.ts'
import { parseAmount } from './amount.ts'
import { namesOf } from './called.ts'
import { isBelowZero } from './sign.ts'
import { isScaled, spelledIn } from './spelled.ts'

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
    .filter((found) => isFree(reading, found) && !isScaled(reading.text, found.end))
    .filter((found) => !countsOther(field, reading.text, found))
    .concat(asked ? themselves(field, reading) : [])
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

/** What else numbers count, in the message and in the words of a field that is about it. */
const units = [
  '%|per ?cent|por ciento',
  '[$€£]|dollars?|dolares|euros?|pounds?|bucks|pesos|usd|eur',
  "[ap]m|[ap][.]m|o'?clock|h",
  'moments?|momentos?',
  'seconds?|secs?|segundos?',
  'minutes?|mins?|minutos?',
  'hours?|hrs?|horas?',
  'days?|dias?',
  'nights?|noches?',
  'weeks?|semanas?',
  'months?|mes|meses',
  'years?|ages?|anos?|edad|edades',
].map((words) => ({
  after: new RegExp(`^ ?(?:${words})(?![a-z0-9])`),
  within: new RegExp(`(?<![a-z0-9])(?:${words})(?![a-z0-9])`),
}))

/** "Thirty dollars", "6 pm" and "at 10" are no number of guests. */
function countsOther(field: Field, text: string, { start, end }: Found): boolean {
  const own = countedBy(field)
  if (own === undefined) return false
  const after = plain(text.slice(end, end + 16))
  const before = plain(text.slice(Math.max(0, start - 8), start))
  if (/\b(?:at|a las) $|[$€£] ?$/.test(before) || /^ (?:y|menos) (?:media|cuarto)\b/.test(after)) return true
  return units.some((unit) => unit.after.test(after) && !unit.within.test(own))
}

/** The words of a field that counts things: its name is a plural, or speaks of how many. */
const countedBy = perField((field: Field): string | undefined => {
  const names = namesOf(field).map(plain)
  const isCount = names.some((name) =>
    /s$|\b(?:people|children|size|count|quantity|cantidad|how many|cuant[oa]s|(?:number|numero) (?:of|de))\b/.test(
      name,
    ),
  )
  return isCount ? plain([...names, field.description].join(' ')) : undefined
})

/** Who counts nobody but themselves. */
function themselves(field: Field, { words }: Reading): Found[] {
  const said = words.map((word) => word.plain).join(' ')
  const alone =
    /^(?:it's |it is )?(?:just|only|solo|solamente) (?:me|yo|for me|para mi|myself)(?: please| por favor)?$|^yo solo$/
  const value = alone.test(said) ? 1 : /^(?:for |just )?both of us$/.test(said) ? 2 : undefined
  if (value === undefined || !namesOf(field).some((name) => persons.test(plain(name)))) return []
  return [{ start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, value }]
}

const persons =
  /\b(?:guests?|people|persons?|party|adults|travell?ers|passengers|personas|comensales|invitados|huespedes|adultos|viajeros|pasajeros)\b/

const near = (end: number, start: number): boolean => start >= end && start - end <= 4
