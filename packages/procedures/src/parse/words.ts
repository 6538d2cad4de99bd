import type { Json } from '@copse/contracts'
import { z } from 'zod'

/** A word or phrase; YAML reads `150` and `true` as something else. */
export const word = z.union([z.string(), z.number(), z.boolean()], 'should be text').transform(String)

/** Customer text: one text in the procedure's language, or one per language. */
export const texts = z.union(
  [z.string().min(1), z.record(z.string(), z.string().min(1))],
  'should be text, or one text per language',
)
export type Texts = z.infer<typeof texts>

/** Whatever the document holds: what is read out of it is checked by who reads it. */
export const json = z.custom<Json>((value) => value !== undefined)
