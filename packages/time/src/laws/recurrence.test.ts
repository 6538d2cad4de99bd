import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latestBetween, nextAfter, occurrencesBetween, schedule, type Schedule } from '../index.ts'
import { datesOf, reached, readWall, timeOfDay, twoDigits, week, weekdayName, zones, type Minute } from './wall.ts'

/** A schedule, and whether it comes at a minute of the wall, said a second time and more simply. */
interface Rule {
  schedule: Schedule
  comes: (date: string, hour: number, minute: number) => boolean
  everyHour: boolean
}

const field = (min: number, max: number) => {
  const value = fc.integer({ min, max })
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({ text: '*', has: () => true }) },
    value.map((one) => ({ text: `${one}`, has: (n: number) => n === one })),
    fc
      .uniqueArray(value, { minLength: 2, maxLength: 4 })
      .map((some) => ({ text: some.join(','), has: (n: number) => some.includes(n) })),
    fc
      .tuple(value, value)
      .filter(([low, high]) => low < high)
      .map(([low, high]) => ({ text: `${low}-${high}`, has: (n: number) => low <= n && n <= high })),
    fc.integer({ min: 2, max: Math.max(2, max - min) }).map((step) => ({
      text: `*/${step}`,
      has: (n: number) => (n - min) % step === 0,
    })),
  )
}

const cron: fc.Arbitrary<Rule> = fc
  .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
  .map(([minute, hour, day, month, weekday]) => ({
    schedule: { cron: [minute, hour, day, month, weekday].map(({ text }) => text).join(' ') },
    // However it is written: 0-23 is every hour, too.
    everyHour: Array.from({ length: 24 }, (_, at) => at).every((at) => hour.has(at)),
    comes: (date, h, m) => {
      const onDay = day.has(Number(date.slice(8)))
      const onWeekday = weekday.has(new Date(date).getUTCDay())
      // Cron's own: when both are narrowed, either will do.
      const either = day.text !== '*' && weekday.text !== '*'
      return (
        minute.has(m) &&
        hour.has(h) &&
        month.has(Number(date.slice(5, 7))) &&
        (either ? onDay || onWeekday : onDay && onWeekday)
      )
    },
  }))

const at = (time: string, on: (date: string) => boolean): Rule['comes'] => {
  const [hour, minute] = time.split(':').map(Number)
  return (date, h, m) => h === hour && m === minute && on(date)
}
const daily = timeOfDay.map((time): Rule => ({
  schedule: { daily: time },
  everyHour: false,
  comes: at(time, () => true),
}))
const days = fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), { minLength: 1 })
const weekly = fc.tuple(timeOfDay, days).map(([time, on]): Rule => ({
  schedule: { weekly: { on, at: time } },
  everyHour: false,
  comes: at(time, (date) => on.includes(weekdayName(date))),
}))
const lastDay = (date: string): number =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate()
const monthly = fc.tuple(timeOfDay, fc.integer({ min: 1, max: 31 })).map(([time, on]): Rule => ({
  schedule: { monthly: { on, at: time } },
  everyHour: false,
  comes: at(time, (date) => Number(date.slice(8)) === Math.min(on, lastDay(date))),
}))
const rule = fc.oneof({ weight: 4, arbitrary: cron }, daily, weekly, monthly)

/** Every time at which it comes, found by looking at each minute of each day, on the wall or skipped by it. */
function comings({ comes, everyHour }: Rule, wall: readonly Minute[]): number[] {
  const onWall = ({ civil }: Minute): boolean =>
    comes(civil.slice(0, 10), Number(civil.slice(11, 13)), Number(civil.slice(14)))
  if (everyHour) return wall.filter(onWall).map((minute) => minute.at)
  const first = new Map<string, number>()
  for (const { civil, at } of wall) if (!first.has(civil)) first.set(civil, at)
  const found = new Set<number>()
  for (const date of datesOf(wall).slice(1, -1))
    for (let minute = 0; minute < 1440; minute += 1)
      if (comes(date, Math.floor(minute / 60), minute % 60)) {
        const civil = `${date}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
        found.add(first.get(civil) ?? reached(wall, civil))
      }
  return [...found].sort((one, other) => one - other)
}

describe('recurrence, held against every minute of a week', () => {
  it('comes when one would come who watches the clock, each time under an id of its own', () => {
    fc.assert(
      fc.property(week, rule, ({ zone, from, to }, rule) => {
        expect(schedule.safeParse(rule.schedule).error?.issues ?? []).toEqual([])
        const expected = comings(rule, readWall(zone, from, to)).filter((at) => from < at && at <= to)
        const found = occurrencesBetween(rule.schedule, zone, from, to, 20_000)
        expect(found.map(({ at }) => at)).toEqual(expected)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        expect(latestBetween(rule.schedule, zone, from, to, 5)).toEqual(found.slice(-5))
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('has the same next occurrence, with the same id, wherever one asks from before it', () => {
    fc.assert(
      fc.property(week, rule, fc.nat(), fc.nat(), ({ zone, from, to }, { schedule }, some, other) => {
        const next = nextAfter(schedule, zone, from + (some % (to - from)))
        if (next === undefined) return
        const between = next.at - 1 - (other % 60_000)
        const earlier = nextAfter(schedule, zone, between)
        expect(earlier !== undefined && earlier.at <= next.at).toBe(true)
        expect(nextAfter(schedule, zone, next.at - 1)).toEqual(next)
      }),
      { numRuns: 500 },
    )
  })

  it('never loops: ten thousand schedules have a next occurrence that is later, or none', () => {
    const every = fc
      .integer({ min: 60_000, max: 400 * 86_400_000 })
      .map((length): Rule => ({ schedule: { every: length }, everyHour: false, comes: () => false }))
    const rare = fc
      .constantFrom('0 0 29 2 *', '* * 29 2 +MON', '30 2 L * *', '0 12 * * FRI#5', '59 23 31 12 *', '@yearly')
      .map((text): Rule => ({ schedule: { cron: text }, everyHour: false, comes: () => false }))
    const instant = fc.oneof(
      fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) }),
      fc.integer({ min: Date.UTC(1, 0) - 2e12, max: Date.UTC(3_001, 0) }),
    )
    fc.assert(
      fc.property(fc.oneof(rule, every, rare), fc.constantFrom(...zones), instant, ({ schedule }, zone, instant) => {
        const next = nextAfter(schedule, zone, instant)
        if (next !== undefined) expect(next.at).toBeGreaterThan(instant)
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)
})
