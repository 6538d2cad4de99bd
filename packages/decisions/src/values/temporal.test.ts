import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { show } from '../testing/evaluate.ts'
import { calculate } from './arithmetic.ts'
import { civilOf, daysOf, isoWeekOf, weekdayOf } from './calendar.ts'
import { dateFromDays } from './date.ts'
import { TimeSpan } from './duration.ts'
import { equal } from './equal.ts'
import { order } from './order.ts'
import { parseTemporal, type Temporal } from './temporal.ts'

const meter = (): void => undefined
const day = fc.integer({ min: -300_000_000_000, max: 300_000_000_000 })
const nanos = fc.integer({ min: 0, max: 86_399_999_999_999 })
const temporal = (text: string): Temporal => {
  const found = parseTemporal('@', text)
  if (!found) throw new Error(`no temporal: ${text}`)
  return found
}

describe('the calendar', () => {
  it('counts days and back, as far as FEEL goes', () => {
    fc.assert(
      fc.property(day, (days) => {
        const { year, month, day: dayOfMonth } = civilOf(days)
        expect(daysOf(year, month, dayOfMonth)).toBe(days)
      }),
    )
  })

  it('agrees with JavaScript where that has one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90_000_000, max: 90_000_000 }), (days) => {
        const date = new Date(days * 86_400_000)
        expect(civilOf(days)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        })
        expect(weekdayOf(days) % 7).toBe(date.getUTCDay())
      }),
    )
  })

  it.each([
    ['2026-01-01', 1],
    ['2027-01-01', 53],
    ['2024-12-30', 1],
    ['2020-12-31', 53],
  ])('puts %s into week %i', (text, week) => {
    expect(isoWeekOf(Date.parse(text) / 86_400_000)).toBe(week)
  })
})

describe('dates, times and durations', () => {
  it.each([
    '2026-01-31',
    '-0044-03-15',
    '99999-12-31',
    '18:30:00',
    '18:30:00.123456789',
    '18:30:00Z',
    '18:30:00+05:30',
    '18:30:00-01:00:30',
    '18:30:00@Europe/Paris',
    '2026-01-31T18:30:00@Asia/Dhaka',
    '999999999-12-31T23:59:59.999999999Z',
    'P1Y6M',
    '-P3M',
    'P0M',
    'P1DT2H3M4.5S',
    '-PT36H',
    'PT0S',
  ])('%s means itself when it is written out', (text) => {
    const value = temporal(text)
    expect(order(temporal(value.toString()), value)).toBe(0)
  })

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '02026-01-01',
    '24:00:00',
    '10:60:00',
    '10:00',
    '10:00:00+19:00',
    '10:00:00+02:00@Europe/Paris',
    '10:00:00@Nowhere/Land',
    '2026-01-31T10:00',
    'P',
    'PT',
    'P1Y1D',
    'P1W',
    'P-1D',
    '',
  ])('%s is none of them', (text) => {
    expect(parseTemporal('@', text)).toBeUndefined()
  })

  it('compare as points in time where both have a zone, and not at all where one has none', () => {
    const noon = temporal('2026-07-01T12:00:00@Europe/Paris')
    expect(order(noon, temporal('2026-07-01T10:00:00Z'))).toBe(0)
    expect(order(noon, temporal('2026-07-01T12:00:00+01:00'))).toBeLessThan(0)
    expect(order(noon, temporal('2026-07-01T12:00:00'))).toBeUndefined()
    expect(order(temporal('P1M'), temporal('P30D'))).toBeUndefined()
  })

  it('know summer and winter', () => {
    expect(show('@"2026-01-15T12:00:00@Europe/Paris".time offset')).toBe('PT1H')
    expect(show('@"2026-07-15T12:00:00@Europe/Paris".time offset')).toBe('PT2H')
    expect(show('@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"')).toBe('2026-03-29T03:30:00@Europe/Paris')
    expect(show('@"2026-10-25T03:30:00@Europe/Paris" - @"PT1H"')).toBe('2026-10-25T02:30:00@Europe/Paris')
  })

  it('come back when what was added is taken away', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -1e9, max: 1e9 }), nanos, (days, more, rest) => {
        const date = dateFromDays(days) ?? null
        const span = new TimeSpan(more, rest)
        const moment = calculate('-', calculate('+', temporal('2026-01-31T18:30:00'), span), span)
        expect(equal(moment, temporal('2026-01-31T18:30:00'), meter)).toBe(true)
        const whole = new TimeSpan(more, 0)
        expect(equal(calculate('-', calculate('+', date, whole), date), whole, meter)).toBe(true)
      }),
    )
  })

  it.each([
    ['@"2026-01-31" + @"P1M"', '2026-02-28'],
    ['@"2024-02-29" + @"P1Y"', '2025-02-28'],
    ['@"2026-03-31" - @"P1M"', '2026-02-28'],
    ['@"2026-01-31" + @"PT36H"', '2026-02-01'],
    ['@"23:30:00" + @"PT1H"', '00:30:00'],
    ['@"10:00:00+02:00" - @"10:00:00Z"', '-PT2H'],
    ['@"2026-01-02T00:00:00Z" - @"2026-01-01"', 'P1D'],
    ['@"P1Y" / 5', 'P2M'],
    ['@"P1Y" / @"P6M"', '2'],
    ['@"PT1H" / @"P1D" * 24', '1'],
    ['3 * @"PT20M"', 'PT1H'],
    ['@"P1Y" + @"P1D"', 'null'],
    ['@"2026-01-31" + 1', 'null'],
    ['@"2026-01-31" - "2026-01-01"', 'null'],
    ['-@"P1DT1H"', '-P1DT1H'],
  ])('%s is %s', (text, expected) => {
    expect(show(text)).toBe(expected)
  })
})
