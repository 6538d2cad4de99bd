import { RE2JS } from 're2js'
import type { Field } from '@copse/contracts'
import { parseAmount } from './amount.ts'
import { lastMeant, type Found, type Reader, type Reading } from '../reading.ts'

/** The author's own pattern wins over everything guessed. It runs on a linear-time engine: it cannot hang a turn. */
export const readPattern: Reader = (field, reading) => {
  const pattern = compiled(field.pattern ?? '')
  if (!pattern) return undefined
  const found = lastMeant(reading, [...inside(pattern, reading.text), ...wholeWords(pattern, reading)])
  if (typeof found?.value !== 'string' || !isNumeric(field)) return found
  const value = parseAmount(found.value.replace(/[^\d.,]/g, ''))
  return value === undefined ? undefined : { ...found, value }
}

const isNumeric = (field: Field): boolean => ['integer', 'number', 'amount'].includes(field.type)

/** Matches anywhere in the text; customers shout and whisper, so the text in capitals is tried after the text itself. */
function inside(pattern: RE2JS, text: string): Found[] {
  const found: Found[] = []
  for (const version of [text, ...sameLength(text)]) {
    const matcher = pattern.matcher(version)
    while (found.length < 20 && matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()]
      if (end > start && isWhole(text, start, end)) found.push({ start, end, value: version.slice(start, end) })
    }
    if (found.length > 0) break
  }
  return found
}

const sameLength = (text: string): string[] => (text.toUpperCase().length === text.length ? [text.toUpperCase()] : [])

/** `\d{5}` is not found inside `1234567`. */
const isWhole = (text: string, start: number, end: number): boolean =>
  !/[\p{L}\p{N}]{2}/u.test(text.slice(start - 1, start + 1)) && !/[\p{L}\p{N}]{2}/u.test(text.slice(end - 1, end + 1))

/** A pattern anchored at both ends describes a value, not a message: each word is tried alone. */
function wholeWords(pattern: RE2JS, reading: Reading): Found[] {
  return [...reading.text.matchAll(/\S+/g)].slice(0, 200).flatMap((match) => {
    const word = match[0].replace(/^[("'¿¡]+|[)"'.,;:!?]+$/g, '')
    const start = match.index + match[0].indexOf(word)
    const value = [word, ...sameLength(word)].find((version) => version !== '' && pattern.matches(version))
    return value === undefined ? [] : [{ start, end: start + word.length, value }]
  })
}

const cache = new Map<string, RE2JS | undefined>()

/** Undefined for what the engine cannot read: procedures refuse such a pattern at check, so here it finds nothing. */
function compiled(source: string): RE2JS | undefined {
  if (!cache.has(source)) {
    if (cache.size > 500) cache.clear()
    cache.set(source, compileSafely(source))
  }
  return cache.get(source)
}

function compileSafely(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}
