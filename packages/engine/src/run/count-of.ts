import { EngineFault } from '../tree/faults.ts'

/** A count that a node remembered. In a snapshot that somebody edited it may be anything, and must not be counted on. */
export function countOf(remembered: unknown, most = Number.MAX_SAFE_INTEGER): number {
  const count = remembered as number
  if (Number.isSafeInteger(count) && count >= 0 && count <= most) return count
  throw new EngineFault('snapshot_invalid', `it remembers ${JSON.stringify(remembered) ?? 'nothing'} where a count was`)
}
