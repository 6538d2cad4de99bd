import * as fc from 'fast-check'
import { isChain, type Condition } from '../condition.ts'
import { operatorOf } from '../operators/all.ts'

/** A condition, written as somebody might: words in any case, blanks and parentheses as they please. */
export interface Layout {
  condition: Condition
  text: string
}

const blank = fc.constantFrom(' ', '  ', '\n', '\t', ' \r\n ')
const word = (name: string) => fc.constantFrom(name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1))

export function layouts(condition: Condition): fc.Arbitrary<Layout> {
  return written(condition).map((text) => ({ condition, text }))
}

function written(condition: Condition): fc.Arbitrary<string> {
  const bare = bareText(condition)
  return fc.tuple(bare, fc.nat({ max: 5 }), blank).map(([text, luck, gap]) => (luck === 0 ? `(${gap}${text})` : text))
}

function bareText(condition: Condition): fc.Arbitrary<string> {
  if (condition.op === 'not') {
    const inner = needing(condition.of, (op) => op === 'and' || op === 'or')
    return fc.tuple(word('not'), blank, inner).map(([not, gap, text]) => `${not}${gap}${text}`)
  }
  if (!isChain(condition)) return fc.constant(operatorOf(condition.op).print(condition))
  const { op } = condition
  const parts = condition.of.map((part) =>
    needing(part, (inner) => inner === 'or' || (inner === 'and' && op === 'and')),
  )
  return fc
    .tuple(fc.tuple(...parts), word(op), blank, blank)
    .map(([texts, join, before, after]) => texts.join(`${before}${join}${after}`))
}

/** With parentheses where the meaning would be another without. */
const needing = (part: Condition, needed: (op: string) => boolean): fc.Arbitrary<string> =>
  needed(part.op) ? bareText(part).map((text) => `(${text})`) : written(part)
