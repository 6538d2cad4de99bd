import { byText } from '../comparing/scalars.ts'
import { fold } from '../comparing/words.ts'
import type { Span } from './calendar.ts'
import type { Cuts } from './cuts.ts'
import { spell, type NumberLine } from './numbers.ts'

/** Mixes of an order and parts that are tried at most. */
const mixes = 4096

/**
 * Texts of every sort that the cuts can tell apart, those to show first. Some will be of the same sort. Complete for
 * words, numbers, dates and parts each on their own; see `reservations` for what is not.
 */
export function spellings(cuts: Cuts, numbers: NumberLine | undefined, spans: readonly Span[]): string[] {
  const filler = fillerFor(cuts)
  const between = cuts.ordered ? neighbours(cuts.words, filler) : []
  return [
    ...(numbers?.stretches ?? []).flatMap(({ samples }) => spelled(samples, cuts)),
    ...spans.flatMap(({ samples }) => samples),
    ...(cuts.ordered ? between : cuts.words),
    'something else',
    ...['', ...between.slice(0, mixes >> cuts.parts.length)].flatMap((start) => fillings(start, cuts, filler)),
  ]
}

function spelled(samples: readonly number[], cuts: Cuts): string[] {
  const words = new Set(cuts.words.map(fold))
  const text = samples.map(spell).find((one) => one !== undefined)
  if (text === undefined) return []
  // The same number in text that is none of the words.
  let other = text
  for (let zeros = 1; words.has(other) && zeros < 40; zeros++)
    other = text.replace(/\d/, (digit) => '0'.repeat(zeros) + digit)
  return cuts.ordered ? [text, other, ` ${text}`, `\u3000${text}`] : [text, other]
}

/** A character that is in no word and no part, so it can stand between them without making another. */
function fillerFor({ words, parts }: Cuts): string {
  const taken = fold([...words, ...parts].join(''))
  const wide = Array.from({ length: 100 }, (_, index) => String.fromCodePoint(0x4e00 + index))
  return ['x', 'z', 'q', 'j', '_', '~', '·', ...wide].find((character) => !taken.includes(character)) ?? '\u0000'
}

/** The words in their order, and text before, between and after them wherever there is any. */
function neighbours(words: readonly string[], filler: string): string[] {
  const sorted = words.toSorted((a, b) => byText(fold(a), fold(b)))
  return [undefined, ...sorted].flatMap((word, index) => {
    const [low, high] = [word === undefined ? undefined : fold(word), sorted[index]]
    const texts =
      low === undefined
        ? ['text', fold(high ?? '').replace(/.$/su, ''), 'a', '!', ' ', '\u0000', ''].toSorted((a, b) => +!a - +!b)
        : [filler, 'a', ' ', '\u0000'].map((end) => low + end)
    const first = texts.find(
      (text) => (low === undefined || fold(text) > low) && (high === undefined || fold(text) < fold(high)),
    )
    return [...(word === undefined ? [] : [word]), ...(first === undefined ? [] : [first])]
  })
}

/** Texts with this beginning that contain any of the parts that can be contained together. */
function fillings(start: string, { parts }: Cuts, filler: string): string[] {
  return Array.from({ length: 2 ** parts.length }, (_, bits) => {
    const inside = parts.filter((_part, index) => bits & (1 << index)).map(String)
    return [start, ...inside, ''].join(filler)
  })
}
