import { order } from './order.ts'
import { parseTemporal } from './temporal.ts'
import { Range, type Value } from './value.ts'

const written = /^\s*([[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])[])\s*$/s
const constructed = /^(?:date and time|date|time|duration|@)\s*\(?\s*"([^"]*)"\s*\)?$/

/** `[1..10)`, `["a".."z"]`, `(..2026-01-31]`: a range of constants as text. Undefined when it is none. */
export function parseRange(text: string): Range | undefined {
  const found = text.length > 400 ? null : written.exec(text)
  if (!found) return undefined
  const [low, high] = [endOf(found[2] ?? ''), endOf(found[3] ?? '')]
  if (low === null || high === null || (low === undefined && high === undefined)) return undefined
  const lowIncluded = found[1] === '['
  const highIncluded = found[4] === ']'
  if ((low === undefined && lowIncluded) || (high === undefined && highIncluded)) return undefined
  const between = low === undefined || high === undefined ? 0 : order(low, high)
  return between === undefined || between > 0 ? undefined : new Range(low, high, lowIncluded, highIncluded)
}

/** Undefined: open. Null: no constant. */
function endOf(text: string): Value | undefined {
  if (text === '' || text === 'null') return undefined
  if (/^"[^"]*"$/.test(text)) return text.slice(1, -1)
  if (/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) return Number(text)
  return parseTemporal('@', constructed.exec(text)?.[1] ?? text) ?? null
}
