import { isoDate } from '../comparing/dates.ts'
import { numeric } from '../comparing/numeric.ts'
import { byText } from '../comparing/scalars.ts'
import { fold } from '../comparing/words.ts'
import { enumerate, showLiteral } from '../typing/field-type.ts'
import { calendar, type Span } from './calendar.ts'
import type { At, Cell } from './cell.ts'
import type { Cuts } from './cuts.ts'
import { numberLine, positionIn, type NumberLine } from './numbers.ts'
import { spellings } from './spellings.ts'

/**
 * Text is cut by several things at once: which date or number it spells, which words it equals or lies between, which
 * parts it contains. A cell holds what looks the same to all of them, so within a cell no answer changes. Which cells
 * there are is found by spelling candidates for every combination.
 */
export function textCells(cuts: Cuts, at: At, only: 'dates' | 'all' = 'all'): Cell[] {
  const looks = new Looks(cuts, at, only === 'dates')
  const found = new Map<string, Cell>()
  for (const text of spellings(cuts, looks.numbers, looks.spans)) {
    const { key, span, label, rest, twin } = looks.at(text)
    if (found.has(key) || (only === 'dates' && span === undefined)) continue
    const has = (value: unknown): boolean => typeof value === 'string' && looks.at(value).key === key
    found.set(key, {
      kind: span ? 'date' : 'text',
      label,
      sample: text,
      has,
      rest,
      ...(twin !== undefined && { twin }),
    })
  }
  return [...found.values()]
}

/** What tells one text from another. */
interface Seen {
  key: string
  span: Span | undefined
  label: string
  rest: boolean
  twin: string | undefined
}

class Looks {
  readonly numbers: NumberLine | undefined
  readonly spans: readonly Span[]
  readonly #cuts: Cuts
  readonly #sorted: string[]
  readonly #parts: string[]
  readonly #spanOf: (text: string) => Span | undefined

  constructor(cuts: Cuts, at: At, dates: boolean) {
    this.#cuts = cuts
    this.#sorted = [...new Set(cuts.words.map(fold))].sort(byText)
    this.#parts = cuts.parts.map((part) => fold(String(part)))
    this.numbers = cuts.numbers.length > 0 ? numberLine(cuts.numbers) : undefined
    const asked = dates || cuts.ordered || cuts.dates.length > 0 || cuts.windows.length > 0
    const { spans, keyOf } = asked ? calendar(cuts, at) : { spans: [], keyOf: () => '' }
    const byKey = new Map(spans.map((span) => [span.key, span]))
    this.spans = spans
    this.#spanOf = (text) => {
      const date = asked ? isoDate(text) : undefined
      return date && byKey.get(keyOf(date))
    }
  }

  at(text: string): Seen {
    const folded = fold(text)
    const span = this.#spanOf(text)
    const spelled = span === undefined && this.numbers ? numeric(text) : undefined
    const number = spelled === undefined ? undefined : this.numbers?.position(spelled)
    const position = positionIn(this.#sorted, folded, byText)
    const isWord = position % 2 === 1
    // Dates are equal to no word, and have no order with one. Between words is a place only if somebody asks for order.
    const word = span === undefined && (isWord || this.#cuts.ordered) ? position : undefined
    const inside = this.#parts.map((part) => folded.includes(part))
    const among = isWord && word !== undefined ? this.#wordAt(position) : this.#label(number, word)
    return {
      key: [span?.key ?? number ?? 'text', word ?? 'any', ...inside].join('/'),
      span,
      label: isWord && word !== undefined ? among : [span?.label ?? among, ...this.#partLabel(inside)].join(' '),
      rest: (span?.rest ?? (number === undefined && word === undefined)) && inside.length === 0,
      twin: span?.extent ?? (number === undefined ? undefined : `number ${number}`),
    }
  }

  #wordAt(position: number): string {
    const folded = this.#sorted[(position - 1) / 2]
    return showLiteral(this.#cuts.words.find((word) => fold(word) === folded) ?? '')
  }

  #label(number: number | undefined, word: number | undefined): string {
    if (number !== undefined) {
      return `text that spells ${this.numbers?.stretches.find(({ position }) => position === number)?.label ?? 'a number'}`
    }
    if (word === undefined) return this.#sorted.length + this.spans.length > 0 || this.numbers ? 'other text' : 'text'
    const [below, above] = [word - 1, word + 1].map((next) => (next > 0 && next < 2 * this.#sorted.length ? next : 0))
    const from = below ? ` after ${this.#wordAt(below)}` : ''
    return `text${from}${from && above ? ' and' : ''}${above ? ` before ${this.#wordAt(above)}` : ''}`
  }

  #partLabel(inside: readonly boolean[]): string[] {
    return partLabel(this.#cuts.parts, inside)
  }
}

/** As in `with refund, without "too late"`. */
export function partLabel(parts: Cuts['parts'], inside: readonly boolean[]): string[] {
  const named = (wanted: boolean): string =>
    enumerate(parts.filter((_, index) => inside[index] === wanted).map(showLiteral))
  return [
    ['with', named(true)],
    ['without', named(false)],
  ].flatMap(([how, names]) => (names ? [`${how} ${names}`] : []))
}
