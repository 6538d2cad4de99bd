import { EngineFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'

/** What a node remembered. In a snapshot that somebody edited it may be anything, and must not be relied on. */

export function countOf(remembered: unknown, most = Number.MAX_SAFE_INTEGER): number {
  const count = remembered as number
  if (Number.isSafeInteger(count) && count >= 0 && count <= most) return count
  throw edited(remembered, 'a count')
}

export function listOf(remembered: unknown): readonly Json[] {
  if (Array.isArray(remembered)) return remembered as Json[]
  throw edited(remembered, 'a list')
}

export function recordOf(remembered: unknown): { [key: string]: Json } {
  if (typeof remembered === 'object' && remembered !== null && !Array.isArray(remembered)) {
    return remembered as { [key: string]: Json }
  }
  throw edited(remembered, 'an object')
}

const edited = (remembered: unknown, what: string): EngineFault =>
  new EngineFault(
    'snapshot_invalid',
    `it remembers ${(JSON.stringify(remembered) ?? 'nothing').slice(0, 60)} where ${what} was`,
  )
