import { readFeel, readFeelCell } from '../feel/read.ts'
import { Refusal } from '../refusal.ts'
import { limits } from '../limits.ts'
import { parseCell, parseExpression } from '../sfeel/parse.ts'
import type { Cell, Expr } from './expr.ts'
import type { Names } from './names.ts'

/** A text that was understood. `beyond`: it is full FEEL, which S-FEEL does not cover. */
export type Read<T> = { tree: T; beyond: boolean }

/**
 * `strict`: what looks like a mistake is one. A date that does not exist or a name that nobody knows is FEEL, and null;
 * an author of a table wants to hear of it.
 */
export interface ReadOptions {
  strict?: boolean
  allowance?: Allowance
}

/**
 * How much full FEEL a table or a model may still hold: reading a kilobyte of it takes milliseconds, and a file can have
 * a thousand.
 */
export interface Allowance {
  left: number
}

export const newAllowance = (): Allowance => ({ left: limits.feelLength })

export const readCell = (text: string, names: Names, options?: ReadOptions): Read<Cell> =>
  readEither(text, names, parseCell, readFeelCell, options)
export const readExpression = (text: string, names: Names, options?: ReadOptions): Read<Expr> =>
  readEither(text, names, parseExpression, readFeel, options)

type Reader<T> = (text: string, names: Names) => T

/**
 * S-FEEL first. What it does not understand can be full FEEL; when it is not, the S-FEEL reader knows better what is
 * wrong with it.
 */
function readEither<T>(
  text: string,
  names: Names,
  simple: Reader<T>,
  full: Reader<T>,
  { strict = false, allowance }: ReadOptions = {},
): Read<T> {
  try {
    return { tree: simple(text, names), beyond: false }
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'cell_too_large') throw refusal
    if (strict && refusal.code === 'cell_invalid') throw refusal
    if (allowance) take(allowance, text)
    try {
      return { tree: full(text, names), beyond: true }
    } catch (second) {
      throw second instanceof Refusal && refusal.code === 'cell_invalid' ? refusal : second
    }
  }
}

/** Also a short text costs something. */
function take(allowance: Allowance, text: string): void {
  allowance.left -= 10 + text.length
  if (allowance.left >= 0) return
  const message = `There are more than ${limits.feelLength} characters beyond S-FEEL.`
  throw new Refusal('cell_too_large', message, 0, 'Split the table or the model, or write simpler cells.')
}
