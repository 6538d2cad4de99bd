import { limits } from './limits.ts'
import { Refusal, shorten } from './refusal.ts'

/** Words of the language, in any case. As a field they are written `{{word}}`, as text quoted. */
const keywords = new Set([
  'and',
  'or',
  'not',
  'in',
  'contains',
  'exists',
  'missing',
  'within',
  'outside',
  'true',
  'false',
  'null',
])

export const isKeyword = (word: string): boolean => keywords.has(word.toLowerCase())

const segment = /^[\p{L}\p{N}\p{M}_-]+$/u
const first = /^[\p{L}_]/u

/** `order.items.0.name`: parts of letters, digits, `_` and `-`; the first begins with a letter or `_`. */
export const isPath = (text: string): boolean =>
  text.length <= limits.pathLength && first.test(text) && text.split('.').every((part) => segment.test(part))

export function checkPath(path: unknown): string {
  if (typeof path === 'string' && isPath(path)) return path
  const shown = typeof path === 'string' ? JSON.stringify(shorten(path)) : 'This'
  throw new Refusal(`${shown} is not a field.`, { fix: 'Write a name or a path such as `order.status`.' })
}

/** A path where a path is expected. */
export const printPath = (path: string): string => (isKeyword(path) ? `{{${path}}}` : path)
