import type { Literal, Operand } from '../condition.ts'
import { describeLiteral, describeType, type FieldType } from './field-type.ts'
import { isOne, sortOf, sortsOf, type Sort } from './sort.ts'

/** What stands left or right of an operator: a field with its type, or a literal. */
export type Side = {
  /** Every sort that it may be. */
  sorts: readonly Sort[]
  /** As in "`total` is a number". */
  what: string
} & ({ path: string; type: FieldType; literal?: never } | { literal: Literal; path?: never; type?: never })

/** What an operator is told when it is asked about types. Undefined where nothing is known, so nothing is to be said. */
export interface Typing {
  field: string
  left: (Side & { path: string }) | undefined
  right(operand: Operand): Side | undefined
}

export function sideOfType(path: string, type: FieldType): (Side & { path: string }) | undefined {
  const sorts = sortsOf(type)
  return sorts && { sorts, what: describeType(type), path, type }
}

export function sideOfLiteral(literal: Literal): Side {
  return { sorts: [sortOf(literal, true)], what: describeLiteral(literal), literal }
}

/** A list or an object. */
export const isSeveral = ({ sorts }: Side): boolean => sorts.length > 0 && !sorts.some(isOne)
export const isAll = ({ sorts }: Side, is: Sort['is']): boolean => sorts.every((sort) => sort.is === is)
/** In a sentence. */
export const named = (side: Side): string => (side.path === undefined ? side.what : `\`${side.path}\`, ${side.what}`)
