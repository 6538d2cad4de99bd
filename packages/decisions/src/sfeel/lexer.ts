import { namesFrom, type Names } from '../expression/names.ts'
import { functions } from '../functions/all.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

export interface Token {
  kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  /** What it stands for: text without its quotes, a name with single blanks. */
  value: string
  offset: number
  end: number
}

/** Also those that mean nothing, so that it can be said where they stand. */
const sign = /\.\.|\*\*|<=|>=|!=|==|=>|=<|<>|->|&&|\|\||[=<>+\-*/()[\]{},.:?@|&;!^%~#$\\`']/y
const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
const quoted = /"(?:[^"\\]|\\[^])*"/y
const word = /[\p{L}\p{M}_\u{10000}-\u{EFFFF}][\p{L}\p{M}\p{N}_\u{10000}-\u{EFFFF}]*/uy
const wordCharacter = /[\p{L}\p{M}\p{N}_\u{10000}-\u{EFFFF}]/uy
const escaped = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/g
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function scan(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0]
}

/** Functions whose names hold blanks. */
const functionNames = namesFrom([...functions.keys()].filter((name) => name.includes(' ')))

/** What stands between quotes, its escapes resolved; an escape that does not exist stays as it is written. */
export const unquote = (text: string): string =>
  text.replace(escaped, (all: string, four?: string, six?: string, one?: string) => {
    if (four) return String.fromCharCode(Number.parseInt(four, 16))
    const point = six ? Number.parseInt(six, 16) : Number.NaN
    return point <= 0x10ffff ? String.fromCodePoint(point) : (escapes[one ?? ''] ?? all)
  })

/** Reads a text token by token: what a name is depends on what the parser has read before it. */
export class Lexer {
  readonly #text: string
  readonly #names: Names
  #offset = 0
  #tokens = 0

  constructor(text: string, names: Names) {
    if (text.length > limits.textLength) {
      throw new Refusal('cell_too_large', `This is longer than ${limits.textLength} characters.`, 0, 'Split it.')
    }
    this.#text = text
    this.#names = names
  }

  /** `fields`: what may follow a point, where that is known. */
  next(fields: Names = this.#names): Token {
    const text = this.#text
    const offset = this.#offset + (scan(blank, text, this.#offset)?.length ?? 0)
    const token = offset >= text.length ? this.#token('end', '', offset, text.length) : this.#read(offset, fields)
    this.#offset = token.end
    this.#tokens += 1
    if (this.#tokens > limits.tokens) {
      const message = `This has more than ${limits.tokens} words and signs.`
      throw new Refusal('cell_too_large', message, offset, 'Split it.')
    }
    return token
  }

  #token(kind: Token['kind'], value: string, offset: number, end: number): Token {
    return { kind, value, offset, end }
  }

  #read(offset: number, fields: Names): Token {
    const text = this.#text
    const digits = scan(number, text, offset)
    if (digits && !(digits.startsWith('.') && text[offset + 1] === '.')) {
      return this.#token('number', digits, offset, offset + digits.length)
    }
    if (text[offset] === '"') return this.#quoted(offset)
    const known =
      longest(text, offset, fields) ?? (fields === this.#names ? longest(text, offset, functionNames) : undefined)
    const name = known ?? scan(word, text, offset)
    if (name) return this.#token('name', name.replace(/\s+/g, ' '), offset, offset + name.length)
    const found = scan(sign, text, offset)
    if (found) return this.#token('sign', found, offset, offset + found.length)
    const strange = String.fromCodePoint(text.codePointAt(offset) ?? 0)
    throw new Refusal('cell_invalid', `\`${strange}\` means nothing here.`, offset, 'Put text in double quotes.')
  }

  #quoted(offset: number): Token {
    const source = scan(quoted, this.#text, offset)
    if (!source) throw new Refusal('cell_invalid', 'This quote is not closed.', offset, 'Close it with ".')
    return this.#token('text', unquote(source.slice(1, -1)), offset, offset + source.length)
  }
}

/** Names by the word or sign that they begin with, the longer ones first. */
const indexes = new WeakMap<Names, Map<string, string[]>>()

function indexOf(names: Names): Map<string, string[]> {
  const known = indexes.get(names)
  if (known) return known
  const index = new Map<string, string[]>()
  for (const name of [...names.keys()].sort((a, b) => b.length - a.length)) {
    const start = beginningOf(name, 0)
    const others = index.get(start)
    if (others) others.push(name)
    else index.set(start, [name])
  }
  indexes.set(names, index)
  return index
}

const beginningOf = (text: string, offset: number): string => scan(word, text, offset) ?? text[offset] ?? ''

/** The longest known name that stands here and is not the beginning of a longer word. */
function longest(text: string, offset: number, names: Names): string | undefined {
  return indexOf(names)
    .get(beginningOf(text, offset))
    ?.find((name) => {
      if (!text.startsWith(name, offset)) return false
      const ends = scan(wordCharacter, text, offset + name.length - 1) === undefined
      return ends || scan(wordCharacter, text, offset + name.length) === undefined
    })
}
