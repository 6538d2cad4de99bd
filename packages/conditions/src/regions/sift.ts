import type { Leaf } from '../condition.ts'
import { limits } from '../limits.ts'
import { pathsOf } from '../operands.ts'
import { operatorOf } from '../operators/all.ts'
import type { FieldType } from '../typing/field-type.ts'
import { cutsOf, sizeOf, type Cuts } from './cuts.ts'

/** The conditions that mention a field, by what regions can say about them. */
export interface Sifted {
  /** Those with constants that cut the field. */
  cutting: Leaf[]
  /** Those that a value of this field answers, with their text. */
  asked: Map<string, Leaf>
  /** Those that it does not answer. */
  uncut: string[]
  tooMany: boolean
}

export function sift(field: string, leaves: ReadonlyMap<string, Leaf>): Sifted {
  const sifted: Sifted = { cutting: [], asked: new Map(), uncut: [], tooMany: false }
  const parts = new Set<unknown>()
  let size = 0
  for (const [text, leaf] of leaves) {
    const own = cutsOf([leaf])
    const fits =
      size + sizeOf(own) <= limits.cuts && own.parts.every((part) => parts.has(part) || parts.size < limits.parts)
    const alone = leaf.field === field && pathsOf(operatorOf(leaf.op).operands(leaf)).length === 0
    if (fits && leaf.field === field) {
      sifted.cutting.push(leaf)
      size += sizeOf(own)
      for (const part of own.parts) parts.add(part)
    }
    if (fits && alone) sifted.asked.set(text, leaf)
    else sifted.uncut.push(text)
    sifted.tooMany ||= alone && !fits
  }
  return sifted
}

/** Why the regions may not cover everything that the field can hold. */
export function reservations(type: FieldType, { parts, ordered, numbers, dates }: Cuts): string[] {
  const text = type === 'any' || type === 'string'
  return [
    ...(text && ordered && numbers.length > 0
      ? ['Text is put in order here and also read as a number; not every number has a text in every place.']
      : []),
    ...((text && parts.length > 0 && (ordered || numbers.length + dates.length > 0)) ||
    (type === 'date' && parts.length > 0)
      ? ['Parts of text are looked for here besides an order, numbers or dates; not every mix of them was tried.']
      : []),
  ]
}
