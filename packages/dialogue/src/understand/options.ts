import { fold, isNegation } from './words.ts'

/** An option as its author wrote it. */
export interface Choice {
  id: string
  title: string
  keywords: readonly string[]
}

export type How = 'payload' | 'number' | 'title' | 'keyword'
export type Resolution = { choice: string; how: How; hit: string } | { ambiguous: string[] } | undefined

/** Which option a reply means: payload, number, title, then keywords. Undefined: no hit at all. */
export function resolveOption(
  choices: readonly Choice[],
  reply: { text: string; payload: string | undefined },
): Resolution {
  const byPayload = choices.find((choice) => choice.id === reply.payload)
  if (byPayload) return { choice: byPayload.id, how: 'payload', hit: byPayload.id }
  const folded = fold(reply.text)
  if (folded === '') return undefined
  const byNumber = choices[numberIn(folded) - 1]
  if (byNumber) return { choice: byNumber.id, how: 'number', hit: folded }
  const byTitle = choices.find((choice) => fold(choice.title) === folded || fold(choice.id) === folded)
  if (byTitle) return { choice: byTitle.id, how: 'title', hit: byTitle.title }
  return byKeyword(choices, folded)
}

/** 1 for "1", "1.", "#1", "option 1", "1)" … 0 when the reply is not a number in a form that people type. */
function numberIn(folded: string): number {
  const match = /^(?:(?:option|number|no|opcion|numero) )?#?(\d{1,2})$/.exec(folded)
  return match ? Number(match[1]) : 0
}

interface Hit {
  choice: string
  word: string
  start: number
  end: number
  negated: boolean
}

function byKeyword(choices: readonly Choice[], folded: string): Resolution {
  const words = folded.split(' ')
  const hits = choices.flatMap((choice) =>
    [...choice.keywords, choice.title].flatMap((keyword) => hitsOf(choice.id, fold(keyword), words)),
  )
  // Of overlapping hits the longest wins: "not acceptable" over "accept".
  const kept = hits.filter(
    (hit) => !hits.some((other) => other.choice !== hit.choice && overlaps(hit, other) && longer(other, hit)),
  )
  const chosen = [...new Set(kept.map((hit) => hit.choice))]
  if (chosen.length === 0) return undefined
  const [only] = chosen
  if (chosen.length > 1 || only === undefined || kept.some((hit) => hit.negated)) return { ambiguous: chosen }
  return { choice: only, how: 'keyword', hit: kept[0]?.word ?? '' }
}

/** Whole words; a keyword of five letters or more also matches a word's beginning, so that `escalat` works. */
function hitsOf(choice: string, keyword: string, words: readonly string[]): Hit[] {
  const parts = keyword.split(' ').filter(Boolean)
  if (parts.length === 0) return []
  return words.flatMap((_, start) => {
    const found = parts.every((part, at) => {
      const word = words[start + at]
      return word === part || (at === parts.length - 1 && part.length >= 5 && word?.startsWith(part) === true)
    })
    if (!found) return []
    const before = words[start - 1]
    const negated = before !== undefined && isNegation(before) && !parts.some(isNegation)
    return [{ choice, word: keyword, start, end: start + parts.length, negated }]
  })
}

const overlaps = (a: Hit, b: Hit): boolean => a.start < b.end && b.start < a.end
const longer = (a: Hit, b: Hit): boolean =>
  a.end - a.start > b.end - b.start || (a.end - a.start === b.end - b.start && a.word.length > b.word.length)
