import { z } from 'zod'
import type { Json } from './json.ts'

/** What a field of the blackboard, or a port, holds. The condition language checks against the same shapes. */
export type FieldType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'any'
  | { enum: readonly (string | number | boolean)[] }
  | { list: FieldType }
  | { object: Fields }

/** Names to types. */
export type Fields = { [name: string]: FieldType }

/** What is known of a frame before it is there. */
export interface FrameFields {
  fields: Fields
  /** Beside these, what is below may write any name and read it again. */
  mayHoldMore?: true
}

const literal = z.union([z.string(), z.number(), z.boolean()])

/** Recursive: check that a type is not too deep before it is parsed. */
export const fieldType: z.ZodType<FieldType> = z.lazy(() =>
  z.union([
    z.enum(['string', 'number', 'boolean', 'date', 'any']),
    z.strictObject({ enum: z.array(literal).min(1) }),
    z.strictObject({ list: fieldType }),
    z.strictObject({ object: z.record(z.string().min(1), fieldType) }),
  ]),
)

/** The type under a dotted path; undefined when nothing is declared there. */
export function typeAt(fields: Fields, path: string): FieldType | undefined {
  let type: FieldType = { object: fields }
  for (const key of path.split('.')) {
    if (type === 'any') return 'any'
    if (typeof type !== 'object') return undefined
    if ('object' in type) {
      if (!Object.hasOwn(type.object, key)) return undefined
      type = type.object[key]!
    } else if ('list' in type && /^\d+$/.test(key)) type = type.list
    else return undefined
  }
  return type
}

/** Whether every value of one type is a value of the other. `any` on either side is trusted, and checked at run time. */
export function isAssignable(from: FieldType, to: FieldType): boolean {
  if (from === 'any' || to === 'any') return true
  if (typeof from === 'string') {
    if (typeof to === 'string') return from === to || (from === 'date' && to === 'string')
    return false
  }
  if ('enum' in from) {
    if (typeof to === 'string') return from.enum.every((value) => typeof value === to)
    return 'enum' in to && from.enum.every((value) => to.enum.includes(value))
  }
  if (typeof to === 'string') return false
  if ('list' in from) return 'list' in to && isAssignable(from.list, to.list)
  if (!('object' in to)) return false
  return Object.entries(to.object).every(
    ([key, type]) => Object.hasOwn(from.object, key) && isAssignable(from.object[key]!, type),
  )
}

/** Whether a value is of a type. Dates are ISO text; objects may hold more than is declared, and less: null is missing. */
export function isOf(type: FieldType, value: Json | undefined): boolean {
  if (value === undefined || value === null) return false
  if (type === 'any') return true
  if (type === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
  if (typeof type === 'string') return typeof value === type
  if ('enum' in type) return type.enum.includes(value as string)
  if ('list' in type) {
    return (
      Array.isArray(value) && value.every((item) => (type.list === 'any' && item === null) || isOf(type.list, item))
    )
  }
  if (typeof value !== 'object' || Array.isArray(value)) return false
  return Object.entries(type.object).every(
    ([key, inner]) => !Object.hasOwn(value, key) || value[key] === null || isOf(inner, value[key]),
  )
}

export function printType(type: FieldType): string {
  if (typeof type === 'string') return type
  if ('enum' in type) return `one of ${type.enum.join(', ')}`
  if ('list' in type) return `list of ${printType(type.list)}`
  const fields = Object.entries(type.object).map(([name, inner]) => `${name}: ${printType(inner)}`)
  return `{${fields.join(', ')}}`
}
