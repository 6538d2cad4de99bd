import { stopWords } from '../offline/stop-words.ts'
import { plain, stem, wordsOf } from '../offline/words.ts'
import type { Passage } from './cut.ts'

/** Which passages a question is about, by the words they share: rare ones weigh more. */
export interface PassageIndex {
  readonly passages: readonly Passage[]
  /** Best first; only what shares something with the question. */
  find(question: string): Found[]
}

export interface Found {
  passage: Passage
  /** How much of what the question asks about stands in the passage or above it, 0 to 1. */
  share: number
}

/** What is asked for by a word that no answer holds: "where" is answered by an address. English and Spanish. */
const asked: [RegExp, string][] = [
  [/\bwhere\b|\bdonde\b/, 'address street located location find calle direccion'],
  [
    /\bhow much\b|\bcosts?\b|\bprices?\b|\bcuanto (?:cuesta|vale|es)\b|\bprecios?\b|\bcuesta\b/,
    'price cost euro eur dollar € $ £ precio',
  ],
  [
    /\bwhen\b|\bwhat time\b|\bhours\b|\bcuando\b|\ba que hora\b|\bhorarios?\b/,
    'open opening hour hours close horario abrimos abierto abre abren',
  ],
  [/\b(?:pay|payment|card|cash)\b|\b(?:pagar|pago|tarjeta|efectivo)\b/, 'pay payment card cash pago tarjeta efectivo'],
]

/** Words of questions that stand in no answer. */
const askingWords = new Set(
  wordsOf('much many long far often soon cost costs price time hours cuanto cuanta cuantos cuesta precio hora').map(
    (word) => word.stem,
  ),
)

export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const postings = new Map<string, number[]>()
  for (const [at, { headings, text }] of passages.entries())
    for (const one of stemsOf([...headings, text].join('\n'))) {
      const places = postings.get(one)
      if (places) places.push(at)
      else postings.set(one, [at])
    }
  const weightOf = (places: readonly number[]): number => Math.log(1 + passages.length / Math.max(places.length, 0.5))

  return {
    passages,
    find(question) {
      const scores = new Map<number, number>()
      let whole = 0
      for (const alternatives of wantedBy(question)) {
        const places = [...new Set(alternatives.flatMap((one) => postings.get(one) ?? []))]
        const weight = weightOf(places)
        whole += weight
        for (const at of places) scores.set(at, (scores.get(at) ?? 0) + weight)
      }
      return [...scores]
        .sort(([a, one], [b, other]) => other - one || a - b)
        .map(([at, score]) => ({ passage: passages[at]!, share: score / whole }))
    },
  }
}

/** What the question asks about: one entry for each thing, with the words that it may be called by. */
export function wantedBy(question: string): string[][] {
  const words = plain(question)
  const kinds = asked.filter(([pattern]) => pattern.test(words)).map(([, names]) => names.split(' ').map(stemOfSign))
  const named = [...stemsOf(question)].filter((one) => !askingWords.has(one)).map((one) => [one])
  // "When do you open" asks for one thing, not for two.
  const apart = named.filter(([one]) => !kinds.some((kind) => kind.includes(one!)))
  return [...kinds, ...apart]
}

const signs = /[€$£]/g
const stemOfSign = (word: string): string => (/[€$£]/.test(word) ? word : stem(plain(word)))

/** Telling words by stem, and signs of money. */
export const stemsOf = (text: string): Set<string> =>
  new Set([
    ...wordsOf(text).flatMap((word) => (word.plain.length > 1 && !stopWords.has(word.plain) ? [word.stem] : [])),
    ...(text.match(signs) ?? []),
  ])
