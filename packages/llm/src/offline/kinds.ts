import type { Field } from '@copse/contracts'
import { perField } from './per-field.ts'
import { saysNumber } from './readers/spelled.ts'
import type { Reading } from './reading.ts'

/** How a field is read. Dialect P knows no types: its examples and descriptions say what a value looks like. */
export type Kind =
  | 'pattern'
  | 'choice'
  | 'email'
  | 'phone'
  | 'date'
  | 'identifier'
  | 'amount'
  | 'number'
  | 'name'
  | 'noun'
  | 'text'

const looksLike = {
  email: /^\S+@\S+\.\S+$/,
  phone: /^\+?[\d().\s-]{7,20}$/,
  date: /^(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|today|tomorrow|yesterday|hoy|ayer|mañana)$/i,
  money: /[$€£¥]|\b(?:dollars?|euros?|pounds?|bucks|usd|eur|gbp|pesos)\b/i,
  code: /^(?:[A-Za-z]+[\s#:]+)?(?=\S*\d)[A-Z]{0,8}[-_/.]?[A-Z0-9]+(?:[-_/.][A-Z0-9]+)*$/,
  name: /^\p{Lu}[\p{L}\p{N}&'.-]*(?: [\p{Lu}&][\p{L}\p{N}&'.-]*){0,3}$/u,
}

const mentions = (field: Field, words: RegExp): boolean =>
  words.test(`${field.key.replaceAll('_', ' ')} ${field.title ?? ''} ${field.description}`)

const idKey = /(?:^|_)(?:id|no|nr|num|number|code|ref|reference|pnr)$/i
const storyWords =
  /\b(?:complaint|problem|issue|reason|feedback|comment|happened|details?|questions?|request|notes?|message|explanation|motivo|queja|problema|comentario|consulta)\b/i

export function kindOf(field: Field): Kind {
  if (field.pattern !== undefined) return 'pattern'
  if (field.enum !== undefined) return 'choice'
  switch (field.type) {
    case 'email':
    case 'phone':
    case 'date':
    case 'amount':
    case 'text':
      return field.type
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return kindByExamples(field)
  }
}

const kindByExamples = perField((field: Field): Kind => {
  const all = (shape: RegExp): boolean => field.examples.length > 0 && field.examples.every((one) => shape.test(one))
  const some = (shape: RegExp): boolean => field.examples.some((one) => shape.test(one))
  if (all(looksLike.email) || /(?:^|_)e?mail$/i.test(field.key)) return 'email'
  if (some(looksLike.money)) return 'amount'
  if (all(looksLike.date) || /(?:^|_)date$/i.test(field.key)) return 'date'
  if (/(?:^|_)(?:phone|mobile|telephone|telefono)(?:_number)?$/i.test(field.key)) return 'phone'
  if (all(looksLike.code) && (idKey.test(field.key) || some(/[A-Za-z]\S*\d/))) return 'identifier'
  if (field.examples.length === 0 && idKey.test(field.key)) return 'identifier'
  if (all(looksLike.phone)) return 'phone'
  if (/(?:^|_)(?:amount|price|total|cost)$/i.test(field.key)) return 'amount'
  if (all(looksLike.name) || /(?:^|_)name$/i.test(field.key)) return 'name'
  return mentions(field, storyWords) ? 'text' : 'noun'
})

// Who does not know a number by heart describes the thing: "the blue one" is no shop.
const wordless = new Set<Kind>(['email', 'phone', 'amount', 'number'])

/**
 * At most one of the fields that were asked for is answered in words, so that bare words can only be its value. "Two
 * hundred" or "20-30 people" may answer another one.
 */
export function isOnlyInWords({ task: { asked, fields }, words }: Reading): boolean {
  if (asked.length === 1) return true
  const inWords = asked.filter((key) => !fields.some((field) => field.key === key && wordless.has(kindOf(field))))
  return inWords.length <= 1 && !saysNumber(words)
}
