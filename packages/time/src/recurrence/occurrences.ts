import { nextOf, type Next, type Occurrence } from './next.ts'
import type { Schedule } from './schedule.ts'

/** The first occurrence strictly after the instant. */
export const nextAfter = (schedule: Schedule, zone: string, instant: number): Occurrence | undefined =>
  nextOf(schedule, zone)(instant)

/** The first `max` occurrences after `from`, up to and with `to`. */
export function occurrencesBetween(
  schedule: Schedule,
  zone: string,
  from: number,
  to: number,
  max: number,
): Occurrence[] {
  const next = nextOf(schedule, zone)
  const found: Occurrence[] = []
  for (let at = from; found.length < max;) {
    const occurrence = next(at)
    if (occurrence === undefined || occurrence.at > to) break
    found.push(occurrence)
    at = occurrence.at
  }
  return found
}

/** The last `max` occurrences after `from`, up to and with `to`. It does not walk over those before. */
export function latestBetween(schedule: Schedule, zone: string, from: number, to: number, max: number): Occurrence[] {
  const next = nextOf(schedule, zone)
  const found: Occurrence[] = []
  for (let end = to; found.length < max;) {
    const occurrence = latest(next, from, end)
    if (occurrence === undefined) break
    found.unshift(occurrence)
    end = occurrence.at - 1
  }
  return found
}

function latest(next: Next, from: number, to: number): Occurrence | undefined {
  let found: Occurrence | undefined
  let [low, high] = [from, to]
  // There is none in (high, to], and `found` is the first after some instant before `low`.
  while (low < high) {
    const middle = found === undefined ? low : low + Math.floor((high - low) / 2)
    const occurrence = next(middle)
    if (occurrence !== undefined && occurrence.at <= to) {
      found = occurrence
      low = occurrence.at
    } else {
      if (found === undefined) return undefined
      high = middle
    }
  }
  return found
}
