import { meansOption } from '../say/option-id.ts'
import { cancelAlone, courtesies } from './vocabulary-globals.ts'
import { unsureWords } from './vocabulary.ts'
import { fold, isNegation, wantsPerson, yesOrNo } from './words.ts'

/** An option as its author wrote it. */
export interface Choice {
  id: string
  title: string
  keywords: readonly string[]
}

export type How = 'payload' | 'number' | 'title' | 'keyword'
export type Resolution = { choice: string; how: How; hit: string } | { ambiguous: string[] } | undefined

/** What a customer answers: words, or a tap. */
export interface Reply {
  text: string
  payload: string | undefined
}

/** Which option a reply means: payload, number, title, keywords, then a yes or a no. Undefined: no hit at all. */
export function resolveOption(choices: readonly Choice[], reply: Reply): Resolution {
  return (
    namedOption(choices, reply) ??
    byKeyword(choices, fold(reply.text)) ??
    agreedOption(choices, reply.text) ??
    misspelt(choices, reply.text)
  )
}

/** The only option of which a reply is the title or a keyword, but for one letter: "refnd", "exchnage". */
function misspelt(choices: readonly Choice[], text: string): Resolution {
  const said = bareOf(fold(text).split(' '))
  if (said.length < 4 || text.includes('?') || said.split(' ').some(isNegation)) return undefined
  // "Basta" is no pasta, and "persona" is not spelt wrong either.
  if (cancelAlone.has(said) || wantsPerson(text)) return undefined
  const near = choices.flatMap(({ id, title, keywords }) => {
    const hit = [title, ...keywords].find((name) => isOneLetterOff(bareOf(fold(name).split(' ')), said))
    return hit === undefined ? [] : [{ choice: id, how: 'keyword' as const, hit }]
  })
  return near.length > 1 ? { ambiguous: near.map(({ choice }) => choice) } : near[0]
}

/** In one of its words, that is: one letter more, one less, another one, or two that changed places. */
function isOneLetterOff(name: string, said: string): boolean {
  const others = said.split(' ')
  const words = name.split(' ')
  const [differs, ...more] = words.flatMap((word, at) => (word === others[at] ? [] : [at]))
  if (words.length !== others.length || differs === undefined || more.length > 0) return false
  const [meant, typed] = [words[differs]!, others[differs]!]
  // Short words and numbers are too near to others, and who writes another first letter means another word.
  if (meant.length < 5 || /\d/.test(meant + typed) || meant[0] !== typed[0]) return false
  let same = 0
  while (same < meant.length && meant[same] === typed[same]) same++
  const [left, right] = [meant.slice(same), typed.slice(same)]
  return (
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0])
  )
}

/** An option called `yes` or `no` is taken by every word for it. */
export function agreedOption(
  choices: readonly Pick<Choice, 'id'>[],
  text: string,
): { choice: string; how: How; hit: string } | undefined {
  const meant = choices.find(({ id }) => id === yesOrNo(text))
  return meant && { choice: meant.id, how: 'keyword', hit: text }
}

/** The option that a reply names and nothing else: tapped, numbered or titled. */
export function namedOption(
  choices: readonly Omit<Choice, 'keywords'>[],
  reply: Reply,
): { choice: string; how: How; hit: string } | undefined {
  const byPayload = choices.find((choice) => meansOption(reply.payload, choice.id))
  if (byPayload) return { choice: byPayload.id, how: 'payload', hit: byPayload.id }
  const folded = fold(reply.text)
  if (folded === '') return undefined
  const byNumber = choices.at(placeIn(folded) ?? choices.length)
  // "10" may be ten o'clock, and the tenth.
  const isOther = choices.some((choice) => choice !== byNumber && fold(choice.title).split(' ')[0] === folded)
  if (byNumber && !isOther) return { choice: byNumber.id, how: 'number', hit: folded }
  // "Refund?" asks about it, and chooses nothing yet.
  if (reply.text.includes('?')) return undefined
  const byTitle = choices.find((choice) => fold(choice.title) === folded || fold(choice.id) === folded)
  return byTitle && { choice: byTitle.id, how: 'title', hit: byTitle.title }
}

/** The only option whose title or id these words are, courtesies aside: "I want to book, please". A number names none. */
export function titledOption<Titled extends Omit<Choice, 'keywords'>>(
  choices: readonly Titled[],
  text: string,
): Titled | undefined {
  const words = fold(text).split(' ')
  if (text.includes('?') || words.some(isNegation)) return undefined
  const bare = bareOf(words)
  const [only, second] = choices.filter(({ id, title }) =>
    [id, title].some((name) => bare !== '' && bareOf(fold(name).split(' ')) === bare),
  )
  return second === undefined ? only : undefined
}

const bareOf = (words: readonly string[]): string => words.filter((word) => !courtesies.has(word)).join(' ')

const ordinals = ['first|1st|primer[oa]?', 'second|2nd|segund[oa]', 'third|3rd|tercer[oa]?', 'fourth|4th|cuart[oa]']
const places = [...ordinals, 'last|ultim[oa]'].map(
  (words) =>
    new RegExp(`^(?:(?:the|el|la|option|opcion) )?(?:${words})(?: (?:one|option|opcion))?(?: (?:please|por favor))?$`),
)

/** 0 for "1", "1.", "#1", "option 1", "1)", "the first one" …, -1 for "the last"; undefined when it names no place. */
function placeIn(folded: string): number | undefined {
  const match = /^(?:(?:the |la |el )?(?:option|number|no|opcion|numero) )?#?(\d{1,2})(?: (?:please|por favor))?$/.exec(
    folded,
  )
  if (match) return Number(match[1]) > 0 ? Number(match[1]) - 1 : undefined
  const at = places.findIndex((place) => place.test(folded))
  if (at < 0) return undefined
  return at === ordinals.length ? -1 : at
}

/** No option has this id: it stands for doubt. */
const nobody = '\0'

interface Hit {
  choice: string
  word: string
  start: number
  end: number
  negated: boolean
}

function byKeyword(choices: readonly Choice[], folded: string): Resolution {
  const words = folded.split(' ').filter(Boolean)
  const hits = choices.flatMap((choice) =>
    [...choice.keywords, choice.title].flatMap((keyword) => hitsOf(choice.id, fold(keyword), words)),
  )
  if (hits.length === 0) return undefined
  const unsure = unsureWords.flatMap((phrase) => hitsOf(nobody, phrase, words))
  // Of overlapping hits the longest wins: "not acceptable" over "accept", "no sé" over "no".
  const kept = hits.filter(
    (hit) =>
      ![...hits, ...unsure].some((other) => other.choice !== hit.choice && overlaps(hit, other) && longer(other, hit)),
  )
  const chosen = [...new Set(kept.map((hit) => hit.choice))]
  if (chosen.length === 0) return { ambiguous: [...new Set(hits.map((hit) => hit.choice))] }
  const [only] = chosen
  // In "no, keep it" the no is the same choice's own word.
  const isOwn = (hit: Hit): boolean => kept.some((other) => other.choice === hit.choice && other.end === hit.start)
  const negated = kept.some((hit) => hit.negated && !isOwn(hit))
  if (chosen.length > 1 || only === undefined || negated) return { ambiguous: chosen }
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
    const negated = isNegated(words.slice(0, start)) && !parts.some(isNegation)
    return [{ choice, word: keyword, start, end: start + parts.length, negated }]
  })
}

const between = new Set(
  'the a an any my that this your to want need take get like it el la los las un una mi ese esa quiero quisiera'.split(
    ' ',
  ),
)

/** "not credit", "I don't want the credit", "no quiero crédito"; but "no, the credit" says no to something else. */
export function isNegated(before: readonly string[]): boolean {
  const last = before.findLastIndex((word) => !between.has(word))
  const word = before[last]
  if (word === undefined || !isNegation(word)) return false
  const next = before[last + 1]
  return word !== 'no' || next === undefined || next.startsWith('qui')
}

const overlaps = (a: Hit, b: Hit): boolean => a.start < b.end && b.start < a.end
const longer = (a: Hit, b: Hit): boolean =>
  a.end - a.start > b.end - b.start ||
  (a.end - a.start === b.end - b.start && a.choice !== nobody && a.word.length > b.word.length)
