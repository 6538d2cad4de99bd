import { isBelowZero } from './sign.ts'
import { isQuantity, lastMeant, type Found, type Reader } from '../reading.ts'
import { isScaled, spelledIn } from './spelled.ts'

const digits = String.raw`(\d{1,12}(?:[.,]\d{1,3}){0,4}(?:[.,]\d{1,12})?)`
const sign = String.raw`(?:US\$|[$€£¥]|\b(?:usd|eur|gbp|mxn)\b)`
const unit = String.raw`(?:[$€£¥]|(?:dollars?|dólares|dolares|bucks|quid|usd|euros?|eur|pounds?|gbp|pesos?|mxn)(?!\p{L}))`
const verb = String.raw`\b(?:paid|cost(?: me)?|costs|worth|charged(?: me)?|price (?:is|was)|pagué|pague|costó|costo)(?: (?:about|around|roughly|like|unos|unas|casi))?`

const notInside = String.raw`(?<![\p{L}\d.,:/#]|[\p{L}\d.,:/#]-)`

const patterns = [
  new RegExp(String.raw`${sign}\s?-?${digits}(?![\d])(k\b)?`, 'giu'),
  new RegExp(String.raw`${notInside}${digits}(k)?\s?${unit}`, 'giu'),
  new RegExp(String.raw`${verb}\s${digits}(?![\p{L}\d%-])(k\b)?`, 'giu'),
]
const bare = new RegExp(String.raw`${notInside}${digits}(?![\p{L}\d%]|[-:/]\d)()`, 'giu')

const ofMoney = new RegExp(String.raw`^ ${unit}`, 'iu')

/** "$80", "about 50 dollars", "1.299,95 €", "I paid 150" → a number. A number alone only when it was asked for. */
export const readAmount: Reader = (field, reading, asked) => {
  const find = (pattern: RegExp): Found[] =>
    [...reading.text.matchAll(pattern)].flatMap((match) => {
      const value = parseAmount(match[1] ?? '')
      if (value === undefined) return []
      const scaled = match[2] ? value * 1000 : value
      if (isBelowZero(reading.text, match.index) || /[^\d]-\d/.test(match[0])) {
        // What is only known by its examples to be a price has no bounds that could refuse it.
        return field.type === 'amount'
          ? [{ start: match.index, end: match.index + match[0].length, value: -scaled }]
          : []
      }
      return [{ start: match.index, end: match.index + match[0].length, value: scaled }]
    })
  const meant = lastMeant(reading, patterns.flatMap(find))
  if (meant || !asked || reading.words.length > 8) return meant
  // "Thirty five dollars", but not what may be the dollars or the cents of another.
  const counts = ({ end }: Found): boolean => isQuantity(reading.text, end) && !ofMoney.test(reading.text.slice(end))
  const numbers = [...find(bare), ...spelledIn(reading.words)].filter(
    (one) => !counts(one) && !isScaled(reading.text, one.end),
  )
  if (/\bc(?:ents?|[eé]ntimos?)\b/i.test(reading.text)) return undefined
  return numbers.length === 1 ? lastMeant(reading, numbers) : undefined
}

/** Both ways of writing: the last separator is the decimal point unless three digits follow the only one. */
export function parseAmount(text: string): number | undefined {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (last < 0) return Number(text)
  const separator = text[last] ?? ''
  const grouped = text.slice(last + 1).length === 3 && !text.startsWith('0')
  const onlyKind = !text.slice(0, last).includes(separator === '.' ? ',' : '.')
  const plain =
    grouped && onlyKind
      ? text.replace(/[.,]/g, '')
      : `${text.slice(0, last).replace(/[.,]/g, '')}.${text.slice(last + 1)}`
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}
