import type { Json } from '@copse/contracts'

const placeholder = /\{\{\s*([\w.$-]+)\s*\}\}/g
const onlyPlaceholder = /^\s*\{\{\s*([\w.$-]+)\s*\}\}\s*$/

/** Fills `{{path}}`; a lone brace is a brace, a missing value is nothing. Inserted values are never read again. */
export function fill(text: string, read: (path: string) => Json | undefined): string {
  return text
    .replace(placeholder, (_, path: string) => show(read(path)))
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}

/** Every text in a value, nested ones too. One that is a whole `{{path}}` becomes what is there, of whatever type. */
export function fillJson(value: Json, read: (path: string) => Json | undefined): Json | undefined {
  if (typeof value === 'string') {
    const path = onlyPlaceholder.exec(value)?.[1]
    return path === undefined ? fill(value, read) : read(path)
  }
  if (Array.isArray(value)) return value.map((item) => fillJson(item, read) ?? null)
  if (value === null || typeof value !== 'object') return value
  const filled = Object.entries(value).map(([key, item]) => [key, fillJson(item, read)] as const)
  return Object.fromEntries(filled.filter(([, item]) => item !== undefined)) as Json
}

/** A value as a person reads it; objects have no such form. */
export function show(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(show).join(', ')
  if (typeof value === 'object') return ''
  return String(value)
}
