import { isoDate } from '../comparing/dates.ts'
import type { Literal } from '../condition.ts'
import { printLiteral } from '../operands.ts'
import { shorten } from '../refusal.ts'

/** What a field may hold. A `date` is text in ISO 8601, a whole day or a moment. Plain JSON. */
export type FieldType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'any'
  | EnumType
  | { list: FieldType }
  | { object: Schema }

export type EnumType = { enum: Literal[] }

/** By name. Paths walk into objects, and into lists by number. */
export type Schema = { [name: string]: FieldType }

const words = { string: 'text', number: 'a number', boolean: 'true or false', date: 'a date', any: 'anything' } as const
/** So many names or values in a sentence, then an ellipsis. */
const named = 8

export function describeType(type: FieldType): string {
  if (typeof type === 'string') return words[type]
  if ('enum' in type) return `one of ${enumerate(type.enum.map(showLiteral))}`
  return 'list' in type ? 'a list' : 'an object'
}

export function describeLiteral(value: Literal): string {
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  return isoDate(value) ? `the date ${value}` : `the text ${showLiteral(value)}`
}

export const showLiteral = (value: Literal): string => shorten(printLiteral(value))

export const enumerate = (names: readonly string[]): string =>
  names.length > named ? `${names.slice(0, named).join(', ')}, …` : names.join(', ')
