import { fieldTypes, type Field } from '@copse/contracts'
import { z } from 'zod'
import { word } from '../parse/words.ts'
import type { Dialect } from '../report/report.ts'

export const fieldShape = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'may hold letters, digits and "_" only'),
  title: z.string().optional(),
  description: z.string().default(''),
  examples: z.array(word).default([]),
  type: z.enum(fieldTypes, `should be one of ${fieldTypes.join(', ')}`).optional(),
  pattern: z.string().optional(),
  enum: z.array(word).optional(),
})
type Given = z.infer<typeof fieldShape>

/** Dialect P does not say what kind of value a field holds: there it is inferred. */
export function fieldOf(given: Given, required: boolean, dialect: Dialect): Field {
  const { title, pattern, enum: listed, ...rest } = given
  return {
    ...rest,
    type: given.type ?? (dialect === 'p' ? inferredType(given, required) : 'string'),
    ...(title === undefined ? {} : { title }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(listed === undefined ? {} : { enum: listed }),
  }
}

/**
 * Free text is what people say in words of their own. It takes a whole reply, so only a *required* field can be it:
 * its key or description says so, or most of its examples are phrases; and none of them holds a digit, which is the
 * mark of an identifier.
 */
function inferredType({ key, description, examples }: Given, required: boolean): Field['type'] {
  if (/(^|_)(amount|price|total)$/.test(key)) return 'amount'
  if (/(^|_)e?mail$/.test(key)) return 'email'
  if (/(^|_)phone$/.test(key)) return 'phone'
  if (/(^|_)date$/.test(key)) return 'date'
  if (!required || examples.some((example) => /\d/.test(example))) return 'string'
  const named = /(description|details|reason|comments?|message|feedback|notes?|summary)$/.test(key)
  const described = /^descri(be|ption)\b/i.test(description)
  const phrases = examples.filter((example) => example.trim().includes(' ')).length
  return named || described || phrases * 2 > examples.length ? 'text' : 'string'
}
