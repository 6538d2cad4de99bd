import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addOpenTime, closingAfter, isOpen, nextOpen, nextOpening } from '../index.ts'
import { hoursFor, openMinutes } from './open-minutes.ts'
import { minuteMs, readWall, week } from './wall.ts'

const dayMs = 86_400_000

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
