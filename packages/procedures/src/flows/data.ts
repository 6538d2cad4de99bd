import type { Condition } from '@copse/conditions'
import type { Json } from '@copse/contracts'

/** What a template or condition of a flow names, as the tree knows it: `data.slot` is the field `slot`. */
export type Named = { ok: true; field: string } | { ok: false; namespace: string }

/** Known without anybody writing them; a flow's own data cannot be called so. */
export const givenFields = ['message', 'today', 'customer_id', 'case_id', 'memory', 'connector'] as const
/** What stands beside `data`. */
const namespaces = ['message', 'memory', 'connector']

/** `message.text`, `data.slot`, `memory.city` and `connector.calendar.open` are; a bare name is not. */
export function fieldNamed(path: string): Named {
  const [namespace = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ok: false, namespace }
  if (namespace === 'data') return { ok: true, field: rest.join('.') }
  return namespaces.includes(namespace) ? { ok: true, field: path } : { ok: false, namespace }
}

/** The same text with each `{{path}}` as the tree knows it; `see` is told each path that it holds. */
export function rewriteText(text: string, see: (path: string) => string): string {
  return text.replace(/\{\{\s*([\w.$-]+)\s*\}\}/g, (_, path: string) => `{{${see(path)}}}`)
}

/** The same in every text of a value. */
export function rewriteJson(value: Json, rewrite: (text: string) => string): Json {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((item) => rewriteJson(item, rewrite))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewriteJson(item, rewrite)]))
}

/** The same condition with each field as the tree knows it. Only a field is ever called `field` or `path` in it. */
export function rewriteCondition(condition: Condition, see: (path: string) => string): Condition {
  const walk = (part: Json): Json => {
    if (Array.isArray(part)) return part.map(walk)
    if (part === null || typeof part !== 'object') return part
    const entries = Object.entries(part).map(([key, item]): [string, Json] => [
      key,
      (key === 'field' || key === 'path') && typeof item === 'string' ? see(item) : walk(item),
    ])
    return Object.fromEntries(entries)
  }
  return walk(condition) as Condition
}
