import { answersNothing, genericWords, stopWords } from '../stop-words.ts'
import { type Reader, type Reading } from '../reading.ts'
import { topicsOfMessage } from '../topics.ts'
import { findPhrase, plain, wordsOf, type Word } from '../words.ts'

/**
 * Free text takes a reply only after we asked for it. The message that opened the session fills one such field (which
 * one, the caller says) when it tells more than the phrase that opened the procedure and what other fields took.
 */
export const readFreeText: Reader = (_field, reading, asked) => {
  const text = reading.text.trim()
  if (text === '' || answersNothing(text)) return undefined
  if (asked) return sayings(reading, reading.words).length > 0 ? whole(reading, text) : undefined
  const telling = sayings(reading, reading.words).filter((word) => !genericWords.has(word.plain))
  return telling.length > 0 ? whole(reading, withoutOpening(reading, text)) : undefined
}

const whole = (reading: Reading, value: string) => ({ start: 0, end: reading.text.length, value })

/** Words that say something no other field has taken. */
function sayings(reading: Reading, words: readonly Word[]): Word[] {
  const openings = reading.task.triggers
    .filter((trigger) => !tellsWhatHappened(trigger))
    .flatMap((trigger) => findPhrase(words, trigger))
  const taken = [...reading.claimed, ...openings]
  return words.filter(
    (word) =>
      !stopWords.has(plain(word.text)) &&
      /\p{L}{2}/u.test(word.text) &&
      !taken.some((span) => word.start < span.end && word.end > span.start),
  )
}

/** "complaint" names the matter, "never arrived" is the matter. */
const tellsWhatHappened = (trigger: string): boolean => {
  const topics = topicsOfMessage(wordsOf(trigger))
  return topics.has('quality') || topics.has('delivery')
}

/** "Hi, I have a complaint: the headphones arrived broken" → "the headphones arrived broken". */
function withoutOpening(reading: Reading, text: string): string {
  const lead = /^[^:;,.!?\n–—]{0,60}(?:[:;,.!?\n–—]|\s-\s)\s*/u
  let rest = text
  for (let match = lead.exec(rest); match; match = lead.exec(rest)) {
    const from = reading.text.length - reading.text.trimStart().length + text.length - rest.length
    const clause = reading.words.filter((word) => word.start >= from && word.end <= from + match[0].length)
    if (sayings(reading, clause).some((word) => !genericWords.has(word.plain)) || holdsClaim(reading, clause)) break
    const after = rest.slice(match[0].length)
    if (after === '') break
    rest = after
  }
  return rest
}

const holdsClaim = (reading: Reading, words: readonly Word[]): boolean =>
  words.some((word) => reading.claimed.some((span) => word.start < span.end && word.end > span.start))
