import { answersNothing, genericWords, people, stopWords } from '../stop-words.ts'
import { findListed, lastMeant, type Found, type Reader, type Reading } from '../reading.ts'
import { plain } from '../words.ts'

const article =
  /\b(?:my|the|an?|some|these|those|mis?|el|la|los|las|una?|unos|unas) ((?:[\p{L}\p{N}][\p{L}\p{N}'’-]{0,30} ?){1,4})/giu

/** A thing described in a few words: listed values anywhere; anything else only when it was asked for. */
export const readNoun: Reader = (field, reading, asked) => {
  const listed = lastMeant(reading, findListed(reading, field.examples))
  if (listed || !asked || answersNothing(reading.text)) return listed
  return lastMeant(reading, phrasesAfterArticles(reading)) ?? bareNoun(reading)
}

function phrasesAfterArticles(reading: Reading): Found[] {
  return [...reading.text.matchAll(article)].flatMap((match) => {
    const value = nounPhrase(match[1] ?? '')
    const start = match.index + match[0].length - (match[1] ?? '').length
    return value === '' ? [] : [{ start, end: start + value.length, value }]
  })
}

/** A reply that is nothing but the thing, and only when nothing else was asked for: "smart watch". */
function bareNoun(reading: Reading): Found | undefined {
  const value = reading.text.trim().replace(/[.!]+$/, '')
  const words = value.split(/\s+/)
  if (reading.task.asked.length !== 1 || words.length > 4 || nounPhrase(value) !== value) return undefined
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
