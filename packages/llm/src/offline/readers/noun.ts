import type { Field } from '@copse/contracts'
import { calledBefore, namesOf } from './called.ts'
import { answersNothing, genericWords, people, stopWords } from '../stop-words.ts'
import { isOnlyInWords } from '../kinds.ts'
import { findListed, lastMeant, type Found, type Reader, type Reading } from '../reading.ts'
import { plain } from '../words.ts'

const article =
  /\b(?:my|the|an?|some|these|those|mis?|el|la|los|las|una?|unos|unas) ((?:[\p{L}\p{N}][\p{L}\p{N}'’-]{0,30} ?){1,4})/giu

/** A thing described in a few words: listed values anywhere; anything else only when it was asked for. */
export const readNoun: Reader = (field, reading, asked) => {
  const listed = lastMeant(reading, findListed(reading, field.examples))
  if (listed || !asked || answersNothing(reading.text)) return listed
  return lastMeant(reading, phrasesAfterArticles(reading, namesOf(field).map(plain))) ?? bareNoun(field, reading)
}

function phrasesAfterArticles(reading: Reading, names: readonly string[]): Found[] {
  return [...reading.text.matchAll(article)].flatMap((match) => {
    const value = nounPhrase(match[1] ?? '')
    const start = match.index + match[0].length - (match[1] ?? '').length
    return value === '' || names.includes(plain(value)) ? [] : [{ start, end: start + value.length, value }]
  })
}

/** A reply that is nothing but the thing, and only when no other words were asked for: "smart watch". */
function bareNoun(field: Field, reading: Reading): Found | undefined {
  const rest = reading.text.trim().replace(/[.!]+$/, '')
  const value = rest.replace(calledBefore(field), '')
  const words = value.split(/\s+/)
  if ((value === rest && !isOnlyInWords(reading)) || words.length > 4 || nounPhrase(value) !== value) return undefined
  // "The product is broken" says how it is: what it is comes after an article, or with a capital.
  const saysHow = /(?: is| es) ?$/.test(rest.slice(0, rest.length - value.length)) && !/\p{Lu}/u.test(value)
  if (saysHow) return undefined
  const start = reading.text.indexOf(value)
  return lastMeant(reading, [{ start, end: start + value.length, value }])
}

/** Words up to the first that cannot belong to the thing; nothing when only "order" or "thing" is left. */
function nounPhrase(text: string): string {
  const words = text.trim().split(/\s+/)
  const stop = words.findIndex((word) => stopWords.has(plain(word)) || verbs.test(word))
  const phrase = stop < 0 ? words : words.slice(0, stop)
  const says = phrase.some(
    (word) => !genericWords.has(plain(word)) && !people.has(plain(word)) && /\p{L}{3}/u.test(word),
  )
  return says && !genericWords.has(plain(phrase.at(-1) ?? '')) ? phrase.join(' ') : ''
}

const verbs =
  /^(?:arrived|came|broke|stopped|works?|never|costs?|ordered|bought|ago|last|yesterday|today|llegó|llego|vino|ayer)$/i
