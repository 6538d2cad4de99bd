import { describe, expect, it } from 'vitest'
import {
  addOpenTime,
  closingAfter,
  instantAt,
  isOpen,
  nextOpen,
  nextOpening,
  openingHours,
  Temporal,
  type OpeningHours,
} from '../index.ts'

const zone = 'Europe/Berlin'
const at = (civil: string, where = zone): number => instantAt(where, civil)
const shown = (instant: number | undefined, where = zone): string | undefined =>
  instant === undefined
    ? undefined
    : Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(where).toString({ timeZoneName: 'never' })
const hourMs = 3_600_000
const whole = [{ from: '00:00', to: '24:00' }]
const office = [{ from: '09:00', to: '18:00' }]
const everyDay = (spans: { from: string; to: string }[]): OpeningHours =>
  openingHours.parse({
    week: { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans },
  })

const shop = openingHours.parse({
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [{ from: '22:00', to: '02:00' }] },
  exceptions: { '2026-12-24': [{ from: '09:00', to: '12:00' }], '2026-12-25': 'closed', '2026-08-05': office },
  closures: [{ from: '2026-08-01', to: '2026-08-15' }],
})

describe('a shop', () => {
  it('is open from its opening up to its closing', () => {
    expect(isOpen(shop, zone, at('2026-11-23T09:00') - 1)).toBe(false)
    expect(isOpen(shop, zone, at('2026-11-23T09:00'))).toBe(true)
    expect(isOpen(shop, zone, at('2026-11-23T18:00') - 1)).toBe(true)
    expect(isOpen(shop, zone, at('2026-11-23T18:00'))).toBe(false)
  })

  it('opens next on Monday when Friday is over, but for its Saturday night', () => {
    const friday = at('2026-11-20T18:00')
    expect(shown(nextOpening(shop, zone, friday))).toBe('2026-11-21T22:00:00+01:00')
    expect(shown(closingAfter(shop, zone, friday))).toBe('2026-11-22T02:00:00+01:00')
    expect(shown(nextOpening(shop, zone, at('2026-11-21T23:00')))).toBe('2026-11-23T09:00:00+01:00')
    expect(isOpen(shop, zone, at('2026-11-22T01:59'))).toBe(true)
  })

  it('opens next now when it is open, and the next opening is another', () => {
    const noon = at('2026-11-23T12:00')
    expect(nextOpen(shop, zone, noon)).toBe(noon)
    expect(shown(nextOpening(shop, zone, noon))).toBe('2026-11-24T09:00:00+01:00')
    expect(shown(nextOpening(shop, zone, at('2026-11-23T09:00')))).toBe('2026-11-24T09:00:00+01:00')
    expect(shown(nextOpen(shop, zone, at('2026-11-23T20:00')))).toBe('2026-11-24T09:00:00+01:00')
  })

  it('keeps other hours on a day that is an exception', () => {
    expect(shown(closingAfter(shop, zone, at('2026-12-24T10:00')))).toBe('2026-12-24T12:00:00+01:00')
    expect(shown(nextOpening(shop, zone, at('2026-12-24T10:00')))).toBe('2026-12-26T22:00:00+01:00')
  })

  it('stays closed to the last day of a closure, but for an exception within', () => {
    expect(shown(nextOpening(shop, zone, at('2026-07-31T18:00')))).toBe('2026-08-05T09:00:00+02:00')
    expect(shown(nextOpening(shop, zone, at('2026-08-05T18:00')))).toBe('2026-08-17T09:00:00+02:00')
  })

  it('finishes the night that began before a closed day', () => {
    const night = openingHours.parse({
      week: { fri: [{ from: '22:00', to: '02:00' }], sat: office },
      exceptions: { '2026-11-21': 'closed' },
    })
    expect(isOpen(night, zone, at('2026-11-21T01:00'))).toBe(true)
    expect(isOpen(night, zone, at('2026-11-21T10:00'))).toBe(false)
  })

  it('takes spans that overlap for one', () => {
    const lists = everyDay([
      { from: '12:00', to: '18:00' },
      { from: '09:00', to: '13:00' },
    ])
    expect(shown(closingAfter(lists, zone, at('2026-11-23T09:30')))).toBe('2026-11-23T18:00:00+01:00')
    expect(addOpenTime(lists, zone, at('2026-11-23T09:00'), 9 * hourMs)).toBe(at('2026-11-23T18:00'))
  })
})

describe('deadlines in open time', () => {
  it('run on Monday with what Friday did not have', () => {
    const due = addOpenTime(
      openingHours.parse({ week: { mon: office, fri: office } }),
      zone,
      at('2026-11-20T17:00'),
      4 * hourMs,
    )
    expect(shown(due)).toBe('2026-11-23T12:00:00+01:00')
  })

  it('can end with the closing, and begin with the opening', () => {
    expect(addOpenTime(shop, zone, at('2026-11-23T17:00'), hourMs)).toBe(at('2026-11-23T18:00'))
    expect(addOpenTime(shop, zone, at('2026-11-23T18:00'), hourMs)).toBe(at('2026-11-24T10:00'))
    expect(addOpenTime(shop, zone, at('2026-11-23T03:00'), 0)).toBe(at('2026-11-23T03:00'))
  })

  it('count the hours that elapse when clocks change', () => {
    const night = everyDay([{ from: '22:00', to: '06:00' }])
    // Eight hours on the clock: seven in spring, nine in autumn.
    expect(addOpenTime(night, zone, at('2026-03-28T22:00'), 7 * hourMs)).toBe(at('2026-03-29T06:00'))
    expect(addOpenTime(night, zone, at('2026-10-24T22:00'), 9 * hourMs)).toBe(at('2026-10-25T06:00'))
  })
})

describe('clock changes', () => {
  it('let a shop open at the end of the gap, and not at all when the gap holds its hours', () => {
    const early = openingHours.parse({ week: { sun: [{ from: '02:30', to: '04:00' }] } })
    expect(shown(nextOpening(early, zone, at('2026-03-28T12:00')))).toBe('2026-03-29T03:00:00+02:00')
    const within = openingHours.parse({ week: { sun: [{ from: '02:00', to: '02:45' }] } })
    expect(shown(nextOpening(within, zone, at('2026-03-28T12:00')))).toBe('2026-04-05T02:00:00+02:00')
  })

  it('count the first of two equal times, for opening and closing', () => {
    const late = everyDay([{ from: '20:00', to: '02:30' }])
    expect(shown(closingAfter(late, zone, at('2026-10-25T01:00')))).toBe('2026-10-25T02:30:00+02:00')
    expect(isOpen(late, zone, Date.parse('2026-10-25T01:15Z'))).toBe(false)
  })

  it('leave out the day that Samoa never had', () => {
    const daily = everyDay(office)
    const closed = at('2011-12-29T18:00', 'Pacific/Apia')
    expect(shown(nextOpening(daily, 'Pacific/Apia', closed), 'Pacific/Apia')).toBe('2011-12-31T09:00:00+14:00')
  })
})

describe('the ends of the search', () => {
  const now = at('2026-11-23T12:00')

  it('have no answer for a business that never opens', () => {
    const never = openingHours.parse({})
    expect(isOpen(never, zone, now)).toBe(false)
    expect(nextOpen(never, zone, now)).toBeUndefined()
    expect(nextOpening(never, zone, now)).toBeUndefined()
    expect(closingAfter(never, zone, now)).toBeUndefined()
    expect(addOpenTime(never, zone, now, 1)).toBeUndefined()
    const gone = openingHours.parse({ week: { mon: office }, closures: [{ from: '2020-01-01', to: '9999-12-31' }] })
    expect(nextOpen(gone, zone, now)).toBeUndefined()
  })

  it('have none for one that never closes, and none for a deadline beyond two years', () => {
    const always = everyDay(whole)
    expect(isOpen(always, zone, now)).toBe(true)
    expect(nextOpening(always, zone, now)).toBeUndefined()
    expect(closingAfter(always, zone, now)).toBeUndefined()
    expect(addOpenTime(always, zone, now, 3 * 365 * 24 * hourMs)).toBeUndefined()
    expect(addOpenTime(always, zone, now, 365 * 24 * hourMs)).toBe(now + 365 * 24 * hourMs)
  })

  it('find the last closing of a business that gives up', () => {
    const last = openingHours.parse({ exceptions: { '2026-11-24': office } })
    expect(shown(closingAfter(last, zone, now))).toBe('2026-11-24T18:00:00+01:00')
    expect(nextOpening(last, zone, at('2026-11-24T10:00'))).toBeUndefined()
  })
})
