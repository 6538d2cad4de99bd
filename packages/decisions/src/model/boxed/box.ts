import type { Diagnostic } from '@copse/contracts'
import type { Evaluate, Lowering } from '../../expression/lowering.ts'
import { noShape, type Names, type Shape } from '../../expression/names.ts'
import type { Allowance } from '../../expression/read.ts'
import type { Env, Value } from '../../values/value.ts'
import type { Boxed, TextPlaces } from '../model.ts'
import type { ItemType, ItemTypes } from '../item-types.ts'

export interface CompiledBoxed {
  evaluate: Evaluate
  shape: Shape
  /** How much one evaluation can cost, loops and calls aside. */
  weight: number
}

/** What the boxes of one part of a model are compiled with. */
export interface Tools {
  readonly types: ItemTypes
  readonly allowance: Allowance
  readonly lowering: Lowering
  readonly places: TextPlaces | undefined
  /** The part of the model, for messages. */
  readonly part: string
  readonly diagnostics: Diagnostic[]
}

export type Compile = (boxed: Boxed, names: Names, tools: Tools) => CompiledBoxed

export type BoxOf<K extends Boxed['box']> = Boxed extends infer B
  ? B extends { box: infer O }
    ? K extends O
      ? B
      : never
    : never
  : never

/** What a kind of box means. `compile` is for the boxes inside it. */
export type BoxKind<K extends Boxed['box']> = (
  boxed: BoxOf<K>,
  names: Names,
  tools: Tools,
  compile: Compile,
) => CompiledBoxed

export const combined = (
  parts: readonly CompiledBoxed[],
  evaluate: Evaluate,
  shape: Shape = noShape,
): CompiledBoxed => ({ evaluate, shape, weight: parts.reduce((sum, { weight }) => sum + weight, 1) })

export const saysSomething = (shape: Shape): boolean => shape.fields !== undefined || shape.item !== undefined

/** Null, and said so, when the value is not of the type. */
export function typed(type: ItemType, value: Value, env: Env, part: string): Value {
  const accepted = type.accept(value, env)
  if (accepted !== undefined) return accepted
  const message = `"${part}" has a value that its type does not allow. It counts as missing.`
  env.notes?.problem({ code: 'output_not_allowed', message, at: part })
  return null
}

/** `boxed`: the text, or the table with the path of a text in it. */
export function reportText(
  { places, part, diagnostics }: Tools,
  boxed: object,
  path: string,
  fault: { code: string; message: string; fix: string | undefined; offset: number },
): void {
  const { code, message, fix, offset } = fault
  const place = places?.get(boxed)?.(path, offset) ?? { line: 1, column: offset + 1 }
  const at = path === '' ? part : `${part}.${path}`
  diagnostics.push({ code, severity: 'error', message, ...(fix !== undefined && { fix }), ...place, path: at })
}
