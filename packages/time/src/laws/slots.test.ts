import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotsOf, type Slot, type SlotQuery } from '../index.ts'
import { hoursFor, openMinutes } from './open-minutes.ts'
import { minuteMs, readWall, week, type Minute } from './wall.ts'

const dayMs = 86_400_000
const minutes = (most: number) => fc.integer({ min: 0, max: most }).map((count) => count * minuteMs)

const busyIn = (from: number) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 8 * dayMs }), minutes(300))
      .map(([at, length]) => ({ from: from - dayMs / 2 + at, to: from - dayMs / 2 + at + length })),
    { maxLength: 12 },
  )

const scene: fc.Arbitrary<SlotQuery> = week.chain(({ zone, from, to }) =>
  fc.record({
    hours: hoursFor(from),
    zone: fc.constant(zone),
    durationMs: fc.constantFrom(5, 20, 30, 45, 90, 300).map((count) => count * minuteMs),
    stepMs: fc.constantFrom(1, 5, 15, 30, 60, 90).map((count) => count * minuteMs),
    bufferBeforeMs: fc.constantFrom(0, 0, 10 * minuteMs),
    bufferAfterMs: fc.constantFrom(0, 15 * minuteMs),
    noticeMs: minutes(2 * 24 * 60),
    horizonDays: fc.integer({ min: 0, max: 9 }),
    busy: busyIn(from),
    from: fc.constant(from),
    to: fc.constant(to),
    now: fc.integer({ min: from - dayMs, max: from + 2 * dayMs }),
  }),
)

/** What the wall is ahead of UTC. */
function shownOffset(civil: string, at: number): string {
  const minutes = (Date.parse(`${civil}Z`) - at) / minuteMs
  const size = new Date(Math.abs(minutes) * minuteMs).toISOString().slice(11, 16)
  return `${minutes < 0 ? '-' : '+'}${size}`
}

/** Every minute that can be a start, found by looking at each. */
function possible(query: SlotQuery, wall: readonly Minute[]): Slot[] {
  const { hours, durationMs, bufferBeforeMs = 0, bufferAfterMs = 0, noticeMs = 0, busy, from, to, now } = query
  const open = openMinutes(hours, wall)
  const shownBefore = new Set<string>()
  const today = wall.findLast(({ at }) => at <= now)?.civil.slice(0, 10) ?? ''
  const lastDay = new Date(Date.parse(today) + query.horizonDays * dayMs).toISOString().slice(0, 10)
  return wall.flatMap(({ at: start, civil }) => {
    const isFirst = !shownBefore.has(civil)
    shownBefore.add(civil)
    const end = start + durationMs
    const allOpen = (): boolean => {
      for (let at = start; at < end; at += minuteMs) if (!open.has(at)) return false
      return true
    }
    const isFree = busy.every(
      (span) => span.to === span.from || span.to <= start - bufferBeforeMs || span.from >= end + bufferAfterMs,
    )
    const fits = start >= from && start < to && start >= now + noticeMs && civil.slice(0, 10) <= lastDay
    return isFirst && fits && isFree && allOpen()
      ? [{ start, end, civil, iso: `${civil}${shownOffset(civil, start)}` }]
      : []
  })
}

describe('slots, held against every minute of a week', () => {
  it('are open, free, within notice and horizon, in order, once, and on the wall', () => {
    fc.assert(
      fc.property(scene, (query) => {
        const all = possible(query, readWall(query.zone, query.from, query.to))
        const every = slotsOf({ ...query, stepMs: minuteMs })
        expect(every).toEqual(all)
        const starts = new Map(all.map((slot) => [slot.start, slot]))
        let last = -Infinity
        for (const slot of slotsOf(query)) {
          expect(starts.get(slot.start)).toEqual(slot)
          expect(slot.start).toBeGreaterThan(last)
          last = slot.start
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('do not depend on the order of what is busy', () => {
    fc.assert(
      fc.property(scene, (query) => {
        expect(slotsOf({ ...query, busy: query.busy.toReversed() })).toEqual(slotsOf(query))
      }),
      { numRuns: 60 },
    )
  })
})
