import { limits } from '../limits.ts'
import { Refusal, shorten } from '../refusal.ts'
import { isDateWord, looksLikeDate, scan, scanMoment, scanNumber, scanWord, wordCharacter } from './word.ts'

export interface Token {
  /** `path` is `{{path}}`; `date` is a bare ISO date, a string from here on. */
  kind: 'word' | 'path' | 'text' | 'date' | 'number' | 'symbol' | 'end'
  /** What it stands for; the source itself for words and symbols. */
  value: string
  offset: number
  /** Where it stops in the source. */
  end: number
}

const symbols = new Set(['==', '=', '!=', '>=', '>', '<=', '<', '(', ')', '[', ']', ','])
/** What people write instead. */
const instead = new Map(
  Object.entries({
    '===': '==',
    '!==': '!=',
    '<>': '!=',
    '=!': '!=',
    '=>': '>=',
    '=<': '<=',
    '&&': 'AND',
    '&': 'AND',
    '||': 'OR',
    '|': 'OR',
    '!': 'NOT',
    ':': '==',
    ';': ',',
    '{': '{{field}}',
  }),
)

const loneSurrogate = /\p{Surrogate}/u
const blank = /\s+/y
const operator = /[=!<>&|]+|[()[\],:{;]/y
const placeholder = /\{\{\s*([^\s{}]+)\s*\}\}/y
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy
const escaped: Record<string, string> = { n: '\n', t: '\t' }

export function tokenize(text: string): Token[] {
  if (text.length > limits.textLength) {
    throw new Refusal(`The condition is longer than ${limits.textLength} characters.`, { offset: 0, fix: 'Split it.' })
  }
  if (!text.isWellFormed()) {
    const offset = text.search(loneSurrogate)
    throw new Refusal('Half a character stands here.', { offset, fix: 'Write it again; it was cut in two on its way.' })
  }
  const tokens: Token[] = []
  let offset = scan(blank, text, 0)?.length ?? 0
  while (offset < text.length) {
    if (tokens.length === limits.tokens) {
      throw new Refusal(`The condition has more than ${limits.tokens} words and signs.`, { offset, fix: 'Split it.' })
    }
    const token = next(text, offset)
    tokens.push(token)
    offset = token.end + (scan(blank, text, token.end)?.length ?? 0)
  }
  tokens.push({ kind: 'end', value: '', offset: text.trimEnd().length, end: text.length })
  return tokens
}

function next(text: string, offset: number): Token {
  const character = text[offset] ?? ''
  const token = (kind: Token['kind'], source: string, value = source): Token => ({
    kind,
    value,
    offset,
    end: offset + source.length,
  })
  if (character === '"' || character === "'") {
    const source = scan(quoted, text, offset)
    if (!source) throw new Refusal('This quote is not closed.', { offset, fix: `Close it with ${character}.` })
    return token(
      'text',
      source,
      source.slice(1, -1).replace(/\\(.)/gs, (_, c: string) => escaped[c] ?? c),
    )
  }
  const path = scan(placeholder, text, offset)
  if (path) return token('path', path, path.slice(2, -2).trim())
  const moment = scan(scanMoment, text, offset)
  if (moment) return token('date', known(moment, offset))
  const number = scan(scanNumber, text, offset)
  if (number && !scan(wordCharacter, text, offset + number.length)) return token('number', number)
  const word = scan(scanWord, text, offset)
  if (word) return looksLikeDate(word) ? token('date', known(word, offset)) : token('word', word)
  const sign = scan(operator, text, offset) ?? String.fromCodePoint(text.codePointAt(offset) ?? 0)
  if (symbols.has(sign)) return token('symbol', sign)
  const better = instead.get(sign)
  throw new Refusal(`\`${shorten(sign)}\` means nothing here.`, {
    offset,
    fix: better ? `Write \`${better}\`.` : 'Put text with signs in quotes.',
  })
}

function known(date: string, offset: number): string {
  if (isDateWord(date)) return date
  throw new Refusal(`There is no date ${date}.`, { offset, fix: 'Write year-month-day; quote it if it is no date.' })
}
