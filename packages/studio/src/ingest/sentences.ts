import type { SopSentence } from '@copse/llm'

/** A sentence with where it begins in the text; lines and columns from 1. */
export interface PlacedSentence extends SopSentence {
  line: number
  column: number
}

/** Lines that belong together, with the place of each. */
interface Block {
  pieces: { text: string; line: number; column: number }[]
  isItem: boolean
  /** How far in it stands. */
  indent: number
  isHeading: boolean
}

/** `-`, `- [ ]`, `1.`, `2.1`, `a)`, `Step 3:`, also in a quote. */
const marker =
  /^\s*(?:>\s+)?(?:[-*•–](?:\s+\[[ xX]\])?\s|\d{1,3}[.)]\s|\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=\p{Lu})|[a-zA-Z][.)]\s|(?:\*\*)?(?:[sS]tep|STEP|[pP]aso|PASO) \d{1,3}\s*[.:)](?:\*\*)?\s|>\s)\s*/u
const rule = /^\s*[=\-_*~]{3,}\s*$/
const longestHeading = 100
/** A full stop that ends no sentence, as far as languages agree on it. */
const abbreviated = /(?:\b(?:e\.g|i\.e|approx|no|nr|mr|mrs|dr)|\bp\. ?ej)\.\s*$/i

/**
 * A written procedure in sentences, in order; list markers and line breaks are no part of them. No more than `most`, and
 * one, so that it shows: there is no end to what a text can hold.
 */
export function sentencesOf(text: string, language: string, most = Infinity): PlacedSentence[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
  const found: PlacedSentence[] = []
  for (const block of blocksOf(text)) {
    const whole = block.pieces.map((piece) => piece.text).join(' ')
    const parts = block.isHeading ? [{ text: whole, at: 0 }] : segments(whole, segmenter, most + 1 - found.length)
    for (const { text: sentence, at } of parts) {
      const part = block.isHeading ? 'heading' : sentence.endsWith(':') ? 'lead' : 'text'
      found.push(placed(sentence, part, block, at))
    }
    if (found.length > most) break
  }
  return found
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '' || rule.test(raw)) {
      open = undefined
      continue
    }
    const mark = marker.exec(raw)?.[0] ?? /^\s*#{1,6}\s+/.exec(raw)?.[0] ?? /^\s*/.exec(raw)![0]
    const isItem = marker.test(raw)
    const isMarked = /^\s*#{1,6}\s/.test(raw)
    const piece = {
      text: raw.slice(mark.length).trim().replaceAll(/\s+/g, ' '),
      line: index + 1,
      column: mark.length + 1,
    }
    if (open && !isItem && !isMarked) {
      open.pieces.push(piece)
      continue
    }
    const block: Block = { pieces: [piece], isItem, isHeading: isMarked, indent: raw.length - raw.trimStart().length }
    blocks.push(block)
    open = isMarked ? undefined : block
  }
  return blocks.map((block, at) => ({
    ...block,
    isHeading: block.isHeading || looksLikeHeading(block, blocks[at + 1]),
  }))
}

/** A line of its own that is no sentence; an item only if others stand inside it. */
const looksLikeHeading = ({ pieces: [first, second], isItem, indent }: Block, next: Block | undefined): boolean =>
  (!isItem || (next !== undefined && next.isItem && next.indent > indent)) &&
  second === undefined &&
  first!.text.length <= longestHeading &&
  !/[.!?:;,]$|[.!?] +\p{Lu}/u.test(first!.text)

function segments(whole: string, segmenter: Intl.Segmenter, most: number): { text: string; at: number }[] {
  const found: { text: string; at: number }[] = []
  let before = ''
  for (const { segment, index } of segmenter.segment(whole)) {
    const last = found.at(-1)
    if (last && abbreviated.test(before)) last.text += segment
    else if (found.length === most) break
    else if (/[\p{L}\p{N}]/u.test(segment)) found.push({ text: segment, at: index })
    before = segment
  }
  return found.map(({ text, at }) => ({ text: text.trim(), at: at + (text.length - text.trimStart().length) }))
}

function placed(text: string, part: SopSentence['part'], { pieces }: Block, at: number): PlacedSentence {
  let from = 0
  for (const piece of pieces) {
    if (at <= from + piece.text.length) return { text, part, line: piece.line, column: piece.column + at - from }
    from += piece.text.length + 1
  }
  const [{ line, column }] = pieces as [Block['pieces'][number]]
  return { text, part, line, column }
}
