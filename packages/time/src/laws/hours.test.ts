import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addOpenTime, closingAfter, isOpen, nextOpen, nextOpening, openingHours, type OpeningHours } from '../index.ts'
import { datesOf, minuteMs, reached, readWall, timeOfDay, week, weekdayName, type Minute } from './wall.ts'

const dayMs = 86_400_000
const span = fc
  .record({ from: timeOfDay, to: fc.oneof(timeOfDay, fc.constant('24:00')) })
  .filter((s) => s.from !== s.to)
const spans = fc.array(span, { maxLength: 3 })

const hoursFor = (from: number): fc.Arbitrary<OpeningHours> => {
  const date = fc.integer({ min: -1, max: 8 }).map((day) => new Date(from + day * dayMs).toISOString().slice(0, 10))
  const day = fc.option(spans, { nil: [] })
  return fc
    .record({
      week: fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
      exceptions: fc.dictionary(date, fc.oneof(fc.constant('closed' as const), spans), { maxKeys: 2 }),
      closures: fc.array(
        fc.tuple(date, date).map((dates) => ({ from: dates.sort()[0], to: dates.sort()[1] })),
        { maxLength: 1 },
      ),
    })
    .map((hours) => openingHours.parse({ ...hours, exceptions: { ...hours.exceptions } }))
}

/** The minutes at which it is open, found by looking at each. */
function openMinutes(hours: OpeningHours, wall: readonly Minute[]): Set<number> {
  const open = new Set<number>()
  for (const date of datesOf(wall)) {
    const closed = hours.closures.some(({ from, to }) => from <= date && date <= to)
    const said = hours.exceptions[date] ?? (closed ? 'closed' : (hours.week[weekdayName(date)] ?? []))
    for (const { from, to } of said === 'closed' ? [] : said) {
      const after = new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10)
      const end = to === '24:00' ? `${after}T00:00` : `${to > from ? date : after}T${to}`
      const closes = Math.min(reached(wall, end), wall.at(-1)?.at ?? 0)
      for (let at = reached(wall, `${date}T${from}`); at < closes; at += minuteMs) open.add(at)
    }
  }
  return open
}

const scene = week.chain((given) =>
  fc.record({
    given: fc.constant(given),
    hours: hoursFor(given.from),
    instants: fc.array(fc.integer({ min: given.from, max: given.to }), { minLength: 10, maxLength: 10 }),
    ms: fc.array(fc.integer({ min: 1, max: 3 * dayMs }), { minLength: 10, maxLength: 10 }),
  }),
)

describe('opening hours, held against every minute of a week', () => {
  it('answers as one would who watches the clock', () => {
    fc.assert(
      fc.property(scene, ({ given: { zone, from, to }, hours, instants, ms }) => {
        const wall = readWall(zone, from, to)
        const open = openMinutes(hours, wall)
        const end = to + 2 * dayMs
        const isOpenAt = (at: number): boolean => open.has(Math.floor(at / minuteMs) * minuteMs)
        /** The first minute after the instant at which it turns open, or closed. Undefined beyond what was watched. */
        const turns = (instant: number, toOpen: boolean): number | undefined => {
          for (let at = (Math.floor(instant / minuteMs) + 1) * minuteMs; at < end; at += minuteMs)
            if (open.has(at) === toOpen && open.has(at - minuteMs) !== toOpen) return at
          return undefined
        }
        const watched = (at: number | undefined): number | undefined => (at !== undefined && at < end ? at : undefined)
        for (const [index, instant] of [...instants, ...instants.map((at) => at - (at % minuteMs))].entries()) {
          expect(isOpen(hours, zone, instant)).toBe(isOpenAt(instant))
          expect(watched(nextOpening(hours, zone, instant))).toBe(turns(instant, true))
          expect(watched(closingAfter(hours, zone, instant))).toBe(turns(instant, false))
          expect(watched(nextOpen(hours, zone, instant))).toBe(isOpenAt(instant) ? instant : turns(instant, true))
          const wanted = ms[index % ms.length] ?? 1
          const deadline = addOpenTime(hours, zone, instant, wanted)
          let left = wanted
          let at = instant
          for (; at < end && left > 0; at = (Math.floor(at / minuteMs) + 1) * minuteMs)
            if (isOpenAt(at)) {
              const within = Math.min(left, minuteMs - (at % minuteMs))
              left -= within
              if (left === 0) expect(deadline).toBe(at + within)
            }
          if (left > 0) expect(watched(deadline)).toBeUndefined()
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
