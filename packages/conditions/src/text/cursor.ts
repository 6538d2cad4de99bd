import type { Operand } from '../condition.ts'
import { Refusal, shorten } from '../refusal.ts'
import { isKeyword, isPath } from '../words.ts'
import type { Token } from './lexer.ts'

/** A digit other than 0 before the exponent. */
const significant = /^[^e]*[1-9]/i
const digits = /^-?\d+$/

/** Walks over the tokens of a condition. What it reads it has checked. */
export class Cursor {
  readonly #tokens: Token[]
  readonly #text: string
  #at = 0
  /** Where each value stands that was read so far. */
  readonly valueOffsets: number[] = []

  constructor(tokens: Token[], text: string) {
    this.#tokens = tokens
    this.#text = text
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token
  }

  atEnd(): boolean {
    return this.peek().kind === 'end'
  }

  take(): Token {
    const token = this.peek()
    this.#at += 1
    return token
  }

  /** Is the token this word (in any case) or sign? Quoted text never is. */
  is(value: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return (token.kind === 'word' || token.kind === 'symbol') && token.value.toLowerCase() === value
  }

  takeIf(...values: string[]): boolean {
    if (!values.every((value, ahead) => this.is(value, ahead))) return false
    this.#at += values.length
    return true
  }

  refuse(message: string, fix?: string, token: Token = this.peek()): never {
    throw new Refusal(message, { fix, offset: token.offset })
  }

  /** The token as it was written, for messages. */
  source(token: Token = this.peek()): string {
    return token.kind === 'end' ? 'the end' : `\`${shorten(this.#text.slice(token.offset, token.end))}\``
  }

  field(): string {
    const token = this.peek()
    const bare = token.kind === 'word'
    if (bare && isKeyword(token.value)) {
      this.refuse(
        `Expected a field, found ${this.source()}.`,
        `If a field has this name, write \`{{${token.value}}}\`.`,
      )
    }
    if (!bare && token.kind !== 'path') {
      this.refuse(`Expected a field, found ${this.source()}.`, 'Begin with the field, as in `status == delivered`.')
    }
    if (!isPath(token.value)) {
      this.refuse(`${this.source()} is not a field.`, 'Write a name or a path such as `order.status`.')
    }
    return this.take().value
  }

  /** A value, or a field: a bare word with a dot, or `{{field}}`. */
  operand(): Operand {
    const token = this.peek()
    const word = token.value.toLowerCase()
    this.valueOffsets.push(token.offset)
    switch (token.kind) {
      case 'number':
        return this.number()
      case 'text':
      case 'date':
        return this.take().value
      case 'path':
        return { path: this.field() }
      case 'word':
        if (word === 'true' || word === 'false') return this.take().value.toLowerCase() === 'true'
        if (word === 'null') this.refuse('A comparison with null is never true.', 'Ask with `exists` or `missing`.')
        if (word === 'and' || word === 'or' || word === 'not') break
        if (!word.includes('.')) return this.take().value
        if (isPath(token.value)) return { path: this.field() }
        this.refuse(`${this.source()} is neither a word nor a field.`, `Put it in quotes: "${shorten(token.value)}".`)
      case 'symbol':
      case 'end':
    }
    this.refuse(`Expected a value, found ${this.source()}.`, 'Write a value; put text with signs in quotes.')
  }

  number(): number {
    const token = this.peek()
    const value = Number(token.value)
    if (token.kind !== 'number') this.refuse(`Expected a number, found ${this.source()}.`, 'Write a number such as 30.')
    if (!Number.isFinite(value)) this.refuse(`${this.source()} is too large.`, 'Write a smaller number.')
    if (value === 0 && significant.test(token.value)) {
      this.refuse(`${this.source()} is too small.`, 'Write 0, or a number that is not so close to it.')
    }
    // It would equal every other number that is rounded to the same one; what has so many digits is a name.
    if (digits.test(token.value) && !Number.isSafeInteger(value) && String(value) !== token.value) {
      const fix = `Put it in quotes, as text: "${shorten(token.value)}".`
      this.refuse(`${this.source()} has more digits than a number can hold.`, fix)
    }
    this.take()
    return value + 0
  }
}
