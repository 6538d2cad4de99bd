import { fieldTypes } from '@copse/contracts'
import { z } from 'zod'

/** What kind of value a field holds, as far as procedures agree on it with each other. */
export type Kind = 'text' | 'number' | 'day' | 'truth' | 'list' | 'object'

export const portTypes = [...fieldTypes, 'boolean', 'list', 'object'] as const
type PortType = (typeof portTypes)[number]

const type = z.enum(portTypes, `should be one of ${portTypes.join(', ')}`)
const port = z.union(
  [
    type.transform((one) => ({ type: one, required: true })),
    z.strictObject({ type, required: z.boolean().default(true), description: z.string().optional() }),
  ],
  `should be one of ${portTypes.join(', ')}, or {type: …, required: false}`,
)
export const ports = z.record(z.string().regex(/^[A-Za-z]\w*$/, 'holds letters, digits and "_" only'), port).default({})
export type Ports = z.infer<typeof ports>

const kinds: Record<PortType, Kind> = {
  string: 'text',
  text: 'text',
  email: 'text',
  phone: 'text',
  integer: 'number',
  number: 'number',
  amount: 'number',
  date: 'day',
  boolean: 'truth',
  list: 'list',
  object: 'object',
}
export const kindOf = (one: PortType): Kind => kinds[one]

/** A day is written as text. */
export const isOfKind = (from: Kind, to: Kind): boolean => from === to || (from === 'day' && to === 'text')

export function kindOfValue(value: unknown): Kind {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'truth'
  return typeof value === 'string' ? 'text' : 'object'
}

const words: Record<Kind, string> = {
  text: 'text',
  number: 'a number',
  day: 'a day',
  truth: 'true or false',
  list: 'a list',
  object: 'a whole with parts',
}
export const wordsFor = (kind: Kind): string => words[kind]
