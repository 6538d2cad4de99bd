import { canonicalJson, sha256 } from '../tree/hash.ts'
import type { TraceEvent } from '../run/events.ts'

/** What two runs have in common when they did the same: sha256 over the canonical JSON of each event, in order. */
export function traceHash(events: readonly TraceEvent[]): string {
  return sha256(events.map(canonicalJson).join('\n'))
}
