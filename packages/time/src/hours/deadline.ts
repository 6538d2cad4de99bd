import type { OpeningHours } from './opening-hours.ts'
import { openSpans } from './spans.ts'

/**
 * The instant by which so much time has passed while it was open: four open hours from Friday 17:00 can end on Monday.
 * It can be the instant of a closing. Undefined when two years do not hold that much; no time at all is over at once.
 */
export function addOpenTime(hours: OpeningHours, zone: string, instant: number, ms: number): number | undefined {
  if (ms <= 0) return instant
  let left = ms
  for (const { opens, closes } of openSpans(hours, zone, instant)) {
    const from = Math.max(opens, instant)
    if (left <= closes - from) return from + left
    left -= closes - from
  }
  return undefined
}
