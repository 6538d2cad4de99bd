import type { Json } from '@copse/contracts'

const placeholder = /\{\{\s*([\w.$-]+)\s*\}\}/g

/** Fills `{{path}}`; a lone brace is a brace, a missing value is nothing. Inserted values are never read again. */
export function fill(text: string, read: (path: string) => Json | undefined): string {
  return text
    .replace(placeholder, (_, path: string) => show(read(path)))
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}

/** A value as a person reads it; objects have no such form. */
export function show(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(show).join(', ')
  if (typeof value === 'object') return ''
  return String(value)
}
