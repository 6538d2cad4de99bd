import type { Names, Shape } from '../expression/names.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { Lexer, type Token } from './lexer.ts'

/** One token ahead. */
export class Cursor {
  readonly #lexer: Lexer
  readonly #text: string
  readonly #names: Names
  #token: Token
  #depth = 0

  constructor(text: string, names: Names) {
    this.#text = text
    this.#names = names
    this.#lexer = new Lexer(text, names)
    this.#token = this.#lexer.next()
  }

  get token(): Token {
    return this.#token
  }

  take(fields?: Names): Token {
    const token = this.#token
    this.#token = this.#lexer.next(fields)
    return token
  }

  /** What is known about the name that stands here. */
  shape(): Shape | undefined {
    return this.#token.kind === 'name' ? this.#names.get(this.#token.value) : undefined
  }

  /** Quoted text never is a sign or a word. */
  is(...values: string[]): boolean {
    const { kind, value } = this.#token
    return (kind === 'sign' || kind === 'name') && values.includes(value)
  }

  takeIf(value: string): boolean {
    if (!this.is(value)) return false
    this.take()
    return true
  }

  expect(value: string, open: Token): void {
    if (this.takeIf(value)) return
    if (this.#token.kind === 'end') this.refuse(`This \`${open.value}\` is not closed.`, `Add \`${value}\`.`, open)
    this.refuse(`Expected \`${value}\`, found ${this.source()}.`)
  }

  deeper<T>(read: () => T): T {
    this.#depth += 1
    this.checkNesting(this.#depth)
    const result = read()
    this.#depth -= 1
    return result
  }

  checkNesting(depth: number): void {
    if (depth <= limits.nesting) return
    const message = `More than ${limits.nesting} brackets inside each other.`
    throw new Refusal('cell_too_large', message, this.#token.offset, 'Split it.')
  }

  /** The token as it was written, for messages. */
  source(token: Token = this.#token): string {
    return token.kind === 'end' ? 'the end' : `\`${this.#text.slice(token.offset, token.end)}\``
  }

  refuse(message: string, fix?: string, token: Token = this.#token): never {
    throw new Refusal('cell_invalid', message, token.offset, fix)
  }

  /** This is FEEL, perhaps, but not S-FEEL. */
  beyond(): never {
    throw new Refusal('beyond', `${this.source()} is beyond S-FEEL.`, this.#token.offset)
  }
}
