import type { OpeningHours } from './opening-hours.ts'
import { horizonDays, openSpans } from './spans.ts'

const dayMs = 86_400_000

export function isOpen(hours: OpeningHours, zone: string, instant: number): boolean {
  return nextOpen(hours, zone, instant) === instant
}

/** The instant itself when it is open then, else the next opening. Undefined when there is none in two years. */
export function nextOpen(hours: OpeningHours, zone: string, instant: number): number | undefined {
  for (const { opens } of openSpans(hours, zone, instant)) return Math.max(opens, instant)
  return undefined
}

/** When it opens next after the instant, whether or not it is open then. Undefined when it never does, or never closes. */
export function nextOpening(hours: OpeningHours, zone: string, instant: number): number | undefined {
  let closed: number | undefined
  for (const { opens, closes } of openSpans(hours, zone, instant)) {
    if (opens > instant && opens !== closed) return opens
    closed = closes
  }
  return undefined
}

/** When it closes next after the instant, whether or not it is open then. Undefined when it never opens, or never closes. */
export function closingAfter(hours: OpeningHours, zone: string, instant: number): number | undefined {
  let closing: number | undefined
  for (const { opens, closes } of openSpans(hours, zone, instant)) {
    if (closing !== undefined && opens > closing) return closing
    closing = closes
  }
  // Where the search ends is not where the business closes.
  return closing !== undefined && closing < instant + (horizonDays - 2) * dayMs ? closing : undefined
}
