import { readFeel, readFeelCell } from '../feel/read.ts'
import { Refusal } from '../refusal.ts'
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
}

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
  { strict = false }: ReadOptions = {},
): Read<T> {
  try {
    return { tree: simple(text, names), beyond: false }
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === 'cell_too_large') throw refusal
    if (strict && refusal.code === 'cell_invalid') throw refusal
    try {
      return { tree: full(text, names), beyond: true }
    } catch (second) {
      throw second instanceof Refusal && refusal.code === 'cell_invalid' ? refusal : second
    }
  }
}
