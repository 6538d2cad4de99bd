import type { Condition } from '../condition.ts'
import { limits } from '../limits.ts'
import { operators } from '../operators/all.ts'
import { type ConditionFault, Refusal } from '../refusal.ts'
import { Cursor } from './cursor.ts'
import { tokenize, type Token } from './lexer.ts'
import { ruler, type Place, type Places } from './place.ts'

export type ParseResult = { ok: true; condition: Condition; places: Places } | { ok: false; faults: ConditionFault[] }

/**
 * either = both { OR both }    both = one { AND one }    one = NOT one | "(" either ")" | leaf
 * leaf   = field [ operator … ] | exists field | missing field
 *
 * Words in any case. A field is a name or a dotted path; `{{name}}` is always a field, also on the right, where a bare
 * word is text and a dotted one a field. The operators read themselves, see `operators/`.
 */
export function parse(text: string): ParseResult {
  try {
    const parser = new Parser(text)
    return { ok: true, condition: parser.whole(), places: parser.places }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const offset = error.offset ?? 0
    const { line, column } = ruler(text.slice(0, offset))(offset)
    return { ok: false, faults: [{ message: error.message, line, column, ...(error.fix && { fix: error.fix }) }] }
  }
}

class Parser {
  readonly places = new Map<Condition, Place & { values: Place[] }>()
  readonly #tokens: Cursor
  readonly #placeAt: (offset: number) => Place
  #depth = 0

  constructor(text: string) {
    this.#tokens = new Cursor(tokenize(text), text)
    this.#placeAt = ruler(text)
  }

  whole(): Condition {
    const tokens = this.#tokens
    if (tokens.atEnd()) tokens.refuse('The condition is empty.', 'Write for example `status == delivered`.')
    const condition = this.#either()
    if (!tokens.atEnd()) this.#refuseRest('the end')
    return condition
  }

  #either(): Condition {
    return this.#chain('or', () => this.#chain('and', () => this.#one()))
  }

  #chain(op: 'and' | 'or', part: () => Condition): Condition {
    const begin = this.#tokens.peek()
    const first = part()
    if (!this.#tokens.is(op)) return first
    const of = [first]
    while (this.#tokens.takeIf(op)) of.push(part())
    return this.#placed({ op, of }, begin)
  }

  #one(): Condition {
    const tokens = this.#tokens
    const open = tokens.peek()
    if (tokens.takeIf('not')) return this.#placed({ op: 'not', of: this.#deeper(() => this.#one()) }, open)
    if (!tokens.takeIf('(')) {
      const before = tokens.valueOffsets.length
      return this.#placed(this.#leaf(), open, tokens.valueOffsets.slice(before))
    }
    const inner = this.#deeper(() => this.#either())
    if (tokens.atEnd()) tokens.refuse('This `(` is not closed.', 'Add `)`.', open)
    if (!tokens.takeIf(')')) this.#refuseRest('`)`')
    return inner
  }

  /** A condition is complete, but something follows it. */
  #refuseRest(expected: string): never {
    const tokens = this.#tokens
    if (tokens.is(')')) tokens.refuse('This `)` closes nothing.', 'Remove it, or open `(` before.')
    const fix = suggestions.get(tokens.peek().value.toLowerCase())
    return tokens.refuse(
      `Expected AND, OR or ${expected}, found ${tokens.source()}.`,
      fix ?? 'Join conditions with AND or OR; put text of several words in quotes.',
    )
  }

  #leaf(): Condition {
    const tokens = this.#tokens
    const op = tokens.is('exists') ? 'exists' : 'missing'
    if (tokens.takeIf(op)) return { op, field: tokens.field() }
    const field = tokens.field()
    for (const operator of operators) {
      const leaf = operator.read(tokens, field)
      if (leaf) return leaf
    }
    throw new Error('truthy reads every field')
  }

  #placed(condition: Condition, { offset }: Token, values: number[] = []): Condition {
    this.places.set(condition, { ...this.#placeAt(offset), values: values.map(this.#placeAt) })
    return condition
  }

  #deeper(read: () => Condition): Condition {
    this.#depth += 1
    if (this.#depth > limits.nesting) {
      this.#tokens.refuse(`More than ${limits.nesting} levels of parentheses and NOT.`, 'Split the condition.')
    }
    const condition = read()
    this.#depth -= 1
    return condition
  }
}

/** For words that people write after a field or a condition. */
const suggestions = new Map([
  ['is', 'Write `==`, `exists` or `missing`.'],
  ['equals', 'Write `==`.'],
  ['matches', 'Write `contains`.'],
  ['includes', 'Write `contains`.'],
  ['like', 'Write `contains`.'],
  ['between', 'Write `x >= 1 AND x <= 9`.'],
  ['has', 'Write `contains`.'],
  ['not', 'Put NOT before the whole condition, as in `not (tags contains vip)`.'],
])
