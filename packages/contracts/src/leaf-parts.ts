import { z } from 'zod'
import type { Json } from './json.ts'

/** The canonical JSON of packages/conditions, which this room does not know. */
export const condition = z.custom<Json>((value) => value !== null && typeof value === 'object', 'expected a condition')
export const text = z.record(z.string(), z.string())

/** Something to choose. `titles` per language, where the author gave them; `title` is the text for any other. */
export const option = z.strictObject({ id: z.string(), title: z.string(), titles: text.optional() })

/** What a step says. `say` is customer text per language; `instruction` is for a model and never shown. */
export const words = {
  step: z.string(),
  title: z.string().optional(),
  say: text.optional(),
  instruction: z.string().optional(),
}

/**
 * While the customer says nothing, in order of time, counted anew from each reply. Without `exit` the words are a nudge
 * and it goes on waiting; with it, the leaf leaves there: failure `silent`. What is due while it is closed waits, where it
 * says `during`, until it opens.
 */
export const silence = z
  .array(
    z.strictObject({
      afterMs: z.int().positive(),
      during: z.literal('opening_hours').optional(),
      say: text.optional(),
      exit: z.string().optional(),
    }),
  )
  .optional()

export const fieldTypes = ['string', 'text', 'integer', 'number', 'amount', 'date', 'email', 'phone'] as const

/** `text` is free text (a complaint); `string` is an identifier or a name with a recognisable shape. */
export const field = z.strictObject({
  key: z.string(),
  /** `titles` per language, where the author gave them. */
  title: z.string().optional(),
  titles: text.optional(),
  description: z.string().default(''),
  examples: z.array(z.string()).default([]),
  type: z.enum(fieldTypes).default('string'),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
  /** Bounds, inclusive: a number for numbers and amounts; for a date ISO, `today`, or days from today: `+30d`, `-1d`. */
  min: z.union([z.number(), z.string()]).optional(),
  max: z.union([z.number(), z.string()]).optional(),
})
export type Field = z.infer<typeof field>
