import { withoutShapes } from './shapes.ts'

const hidden = '[redacted]'
const secretName = /(^|[-_.]|[a-z])(token|secret|password|passphrase|authorization|cookie|api[-_]?key|credentials?)$/i
/** What a customer said, and how they are reached: an id of ours stands for them. */
const personalName = /^(text|payload|alias|phone|email|body|content|user_id)$/i
const maxDepth = 6
const maxText = 4_000

/** A copy that is fit for a log: no secrets, nothing personal, no endless depth, no cycles, errors as data. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (value === null || typeof value !== 'object') return value
  if (depth >= maxDepth) return '[deep]'
  if (value instanceof Error) return errorFields(value, depth)
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1))
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownFor(key, item, depth)]))
}

function errorFields(error: Error, depth: number): object {
  const code = (error as { code?: unknown }).code
  return {
    name: error.name,
    message: clean(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack ? { stack: clean(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  }
}

function shownFor(key: string, item: unknown, depth: number): unknown {
  if (secretName.test(key)) return hidden
  return personalName.test(key) && item !== undefined ? '[personal]' : redact(item, depth + 1)
}

const clean = (text: string): string => withoutShapes(text.length > maxText ? `${text.slice(0, maxText)}…` : text)
