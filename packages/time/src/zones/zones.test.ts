import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilAt, dateAt, dayOf, instantAt, isZone, momentOf } from '../index.ts'
import { zones } from '../laws/wall.ts'

const iso = (instant: number): string => new Date(instant).toISOString()

describe('zones', () => {
  it.each([...zones, 'europe/berlin', 'US/Pacific', 'Etc/GMT+5', 'EST5EDT', 'America/Argentina/Buenos_Aires'])(
    '%s is one',
    (zone) => expect(isZone(zone)).toBe(true),
  )

  it.each([
    '',
    'Mars/Base',
    '+02:00',
    '-00:00',
    'Z',
    'IST',
    'PST',
    '2026-01-01T00:00[UTC]',
    'Europe/',
    `A${'/B'.repeat(99)}`,
  ])('"%s" is none', (zone) => expect(isZone(zone)).toBe(false))
})

describe('civil time', () => {
  it.each([
    ['Europe/Berlin', '2026-07-01T10:00:00Z', '2026-07-01T12:00:00'],
    ['America/New_York', '2026-01-01T03:00:00Z', '2025-12-31T22:00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T05:45:00'],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', '2026-01-01T11:00:00'],
    ['UTC', '1969-12-31T23:59:59Z', '1969-12-31T23:59:59'],
  ])('in %s at %s it is %s', (zone, instant, civil) => {
    expect(civilAt(zone, Date.parse(instant)).toString()).toBe(civil)
    expect(iso(instantAt(zone, civil))).toBe(iso(Date.parse(instant)))
  })

  it.each([
    ['an hour', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'],
    ['an hour', 'America/New_York', '2026-03-08T02:00', '2026-03-08T07:00:00.000Z'],
    ['half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00.000Z'],
    ['a whole day', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00.000Z'],
  ])('skipped with %s in %s, %s is the end of the gap', (_, zone, civil, instant) => {
    expect(iso(instantAt(zone, civil))).toBe(instant)
  })

  it.each([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('shown twice in %s, %s is the first', (zone, civil, instant) => {
    expect(iso(instantAt(zone, civil))).toBe(instant)
  })

  it('is never reached before its instant, and is what the instant shows unless it was skipped', () => {
    const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, instant) => {
        const civil = civilAt(zone, instant)
        const first = instantAt(zone, civil)
        expect(first).toBeLessThanOrEqual(instant)
        expect(civilAt(zone, first).toString()).toBe(civil.toString())
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses a day that is not on the calendar', () => {
    expect(() => instantAt('UTC', '2026-02-30T10:00')).toThrow(RangeError)
  })
})

describe('days', () => {
  it('are counted on the calendar of the zone', () => {
    const instant = Date.parse('2026-03-01T12:00:00Z')
    const day = Date.parse('2026-03-01') / 86_400_000
    expect(dayOf('Europe/London')(instant)).toBe(day)
    expect(dayOf('Pacific/Auckland')(instant)).toBe(day + 1)
    expect(dayOf('UTC')(-1)).toBe(-1)
  })

  it('leave out the one that was skipped', () => {
    const before = Date.parse('2011-12-30T09:59:59Z')
    expect(dayOf('Pacific/Apia')(before + 1_000) - dayOf('Pacific/Apia')(before)).toBe(2)
  })
})

describe('the date', () => {
  // At a minute past midnight the clock was put back into the day before: one date came twice.
  const twice = Date.parse('2006-10-29T02:31:00Z')

  it('is that of the calendar, whatever was asked before', () => {
    const zone = fc.constantFrom(...zones, 'America/St_Johns')
    const near = fc.integer({ min: -90, max: 90 }).map((minutes) => twice + minutes * 60_000)
    const instant = fc.oneof(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }), near)
    fc.assert(
      fc.property(fc.array(fc.tuple(zone, instant), { maxLength: 20 }), (asked) => {
        for (const [zone, instant] of asked)
          expect(dateAt(zone, instant)).toBe(civilAt(zone, instant).toPlainDate().toString())
      }),
      { numRuns: 500 },
    )
  })

  it('comes twice where the clock is put back at midnight', () => {
    const at = (minutes: number) => dateAt('America/St_Johns', twice + minutes * 60_000)
    expect([-2, -1, 0, 58, 59].map(at)).toEqual(['2006-10-28', '2006-10-29', '2006-10-28', '2006-10-28', '2006-10-29'])
  })
})

describe('a moment', () => {
  it.each([
    ['2026-11-23', '2026-11-22T23:00:00.000Z'],
    ['2026-11-23 10:00', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T10:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.123456-05:00', '2026-11-23T15:00:00.123Z'],
    ['2026-11-23T10:00+0530', '2026-11-23T04:30:00.000Z'],
    // As Python and Postgres write it.
    ['2026-11-23 10:00:00+00:00', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23 10:00:00+01', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23 10:00:00Z', '2026-11-23T10:00:00.000Z'],
  ])('is «%s»', (text, instant) => {
    expect(iso(momentOf(text, 'Europe/Madrid') ?? 0)).toBe(instant)
  })

  it.each([
    'soon',
    '2026-02-30',
    '2026-02-30T10:00Z',
    '2026-11-23T24:00',
    '2026-11-23T10:60Z',
    '2026-11-23T10:00 (or so)',
  ])('is not «%s»', (text) => {
    expect(momentOf(text, 'Europe/Madrid')).toBeUndefined()
  })
})
