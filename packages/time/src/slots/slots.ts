import { Fault } from '@copse/contracts'
import { openSpans } from '../hours/spans.ts'
import type { OpeningHours } from '../hours/opening-hours.ts'
import { civilAt, instantAt } from '../zones/civil.ts'
import { freeOf, type Busy } from './busy.ts'
import { startsWithin } from './starts.ts'

/**
 * From `start` up to `end`, in ms since 1970; `civil` is what the wall shows at `start`, `2026-11-23T10:00`, and
 * `iso` says also how far that is from UTC: `2026-11-23T10:00+01:00`.
 */
export interface Slot {
  start: number
  end: number
  civil: string
  iso: string
}

export interface SlotRules {
  /** With exceptions and closures: one of them for whoever is booked. */
  hours: OpeningHours
  zone: string
  /** What elapses from start to end. */
  durationMs: number
  /** From one start to the next, on the wall, counted from each opening. Whole minutes. */
  stepMs: number
  /** Kept free before and after a slot. It may lie outside of the hours. */
  bufferBeforeMs?: number
  bufferAfterMs?: number
  /** No slot starts sooner than so long after `now`. */
  noticeMs?: number
  /** The last day with slots, counted from the day of `now`, which is 0. */
  horizonDays: number
}

export interface SlotQuery extends SlotRules {
  /** What is taken, with the buffers it needs itself; in any order, and it may overlap. */
  busy: readonly Busy[]
  /** Slots start from here up to `to`. */
  from: number
  to: number
  now: number
}

const minuteMs = 60_000

/**
 * When somebody can come, in order and each once. A slot lies within open time, also across two spans that meet, and
 * keeps its buffers free of what is busy. A start that a clock change skips is none; one that comes twice is the first.
 */
export function slotsOf(query: SlotQuery): Slot[] {
  const { hours, zone, durationMs, stepMs, bufferBeforeMs = 0, bufferAfterMs = 0, noticeMs = 0, busy, now } = query
  if (!(durationMs > 0) || !(stepMs >= minuteMs) || stepMs % minuteMs !== 0)
    throw new Fault('internal', { detail: `Slots of ${durationMs} ms every ${stepMs} ms cannot be counted.` })
  const from = Math.max(query.from, now + noticeMs)
  const to = Math.min(query.to, endOfDay(zone, now, query.horizonDays))
  const isFree = freeOf(busy)
  const slots: Slot[] = []
  for (const { opens, closes, until } of stretches(hours, zone, from, to)) {
    for (const { start, civil, iso } of startsWithin({ opens, closes, zone, stepMs })) {
      const end = start + durationMs
      if (start >= to || end > until) break
      if (start >= from && isFree(start - bufferBeforeMs, end + bufferAfterMs)) slots.push({ start, end, civil, iso })
    }
  }
  return slots
}

/** Open spans that can hold a start between the two, each with the end of the open time that it belongs to. */
function stretches(hours: OpeningHours, zone: string, from: number, to: number) {
  const found: { opens: number; closes: number; until: number }[] = []
  if (from >= to) return found
  for (const { opens, closes } of openSpans(hours, zone, from)) {
    const isMore = opens < to
    // What follows without a pause prolongs the last one, also beyond the end of the search.
    if (!isMore && opens !== found.at(-1)?.until) break
    for (const stretch of found) if (stretch.until === opens) stretch.until = closes
    if (!isMore) break
    found.push({ opens, closes, until: closes })
  }
  return found
}

const endOfDay = (zone: string, now: number, days: number): number =>
  instantAt(
    zone,
    civilAt(zone, now)
      .toPlainDate()
      .add({ days: days + 1 })
      .toPlainDateTime(),
  )
