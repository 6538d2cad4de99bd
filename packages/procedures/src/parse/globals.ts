import { z } from 'zod'
import { texts, word } from './words.ts'

/** YAML of an older kind reads `off` as false. */
const off = z.union([z.literal('off'), z.literal(false)])
const words = z.array(word).min(1, 'names at least one').max(100, 'holds more than 100 entries').optional()
const unless = <Shape extends z.ZodType>(shape: Shape, keys: string) =>
  z.union([off, shape], `should be off, or hold ${keys}`).optional()

const said = unless(z.strictObject({ say: texts.optional(), words }), '"say" and "words"')
const heard = unless(z.strictObject({ words }), '"words"')

/** What customers can always say, in the author's words, or switched off. */
export const globals = z
  .strictObject({
    cancel: said,
    person: said,
    forget: said,
    repeat: heard,
    corrections: heard,
    questions: unless(z.strictObject({}), 'nothing'),
  })
  .optional()
export type Globals = NonNullable<z.infer<typeof globals>>
