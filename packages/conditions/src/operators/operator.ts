import type { Holds } from '../comparing/equal.ts'
import type { Leaf, Operand } from '../condition.ts'
import type { Cursor } from '../text/cursor.ts'
import type { Misuse } from '../typing/misuse.ts'
import type { Typing } from '../typing/side.ts'

/**
 * How a condition looks at a field. Whatever the look, it also sees whether the field is there: without it the answer is
 * unknown. A `window` looks at the clock too.
 */
export type Look = 'presence' | 'equality' | 'order' | 'window' | 'membership' | 'containment'

/** Everything about one kind of condition on a field: adding one is a file here and a line in `all.ts`. */
export interface Operator<L extends Leaf = Leaf> {
  /** The `op`s of the canonical form that are its own. */
  readonly ops: readonly L['op'][]
  /** Names in the structured form, with the canonical JSON for a value; `check` sees that afterwards. */
  readonly structured: Readonly<Record<string, (field: string, value: unknown) => object>>
  /** Reads what follows the field; undefined, with nothing taken, when it is not for this operator. */
  read(tokens: Cursor, field: string): Leaf | undefined
  /** Own, known keys only; refuses what would not make sense. */
  check(json: Readonly<Record<string, unknown>>): L
  print(leaf: L): string
  /** What stands right of it, from left to right. */
  operands(leaf: L): readonly Operand[]
  /** How it looks at its field, and at the fields among its operands. */
  looks(leaf: L): readonly Look[]
  /** What no data of these types would make sense of. */
  misuses(leaf: L, typing: Typing): Misuse[]
  /** Asked at every evaluation: whatever depends on the leaf alone is worked out before. */
  compile(leaf: L): Holds
}
