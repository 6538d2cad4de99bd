import { describe, expect, it } from 'vitest'
import { instantAt, openingHours, slotsOf, type SlotQuery } from '../index.ts'

const minuteMs = 60_000
const zone = 'Europe/Madrid'
const at = (civil: string): number => instantAt(zone, civil)
const split = [
  { from: '10:00', to: '12:00' },
  { from: '17:00', to: '18:00' },
]
const everyDay = (spans: { from: string; to: string }[]) => ({
  week: { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans },
})

/** A Monday, asked on the Friday before, unless said otherwise. */
const civils = (
  given: Partial<Omit<SlotQuery, 'from' | 'to' | 'hours'>> & { hours?: object; from?: string; to?: string },
) =>
  slotsOf({
    zone,
    durationMs: 30 * minuteMs,
    stepMs: 30 * minuteMs,
    horizonDays: 60,
    busy: [],
    now: at('2026-11-20T12:00'),
    ...given,
    hours: openingHours.parse(given.hours ?? { week: { mon: split } }),
    from: at(given.from ?? '2026-11-23T00:00'),
    to: at(given.to ?? '2026-11-24T00:00'),
  }).map(({ civil }) => civil.replace('2026-11-23T', ''))

describe('slots of a day', () => {
  it('begin with each shift and end with it', () => {
    expect(civils({})).toEqual(['10:00', '10:30', '11:00', '11:30', '17:00', '17:30'])
    expect(civils({ durationMs: 45 * minuteMs })).toEqual(['10:00', '10:30', '11:00', '17:00'])
    expect(civils({ durationMs: 45 * minuteMs, stepMs: 45 * minuteMs })).toEqual(['10:00', '10:45', '17:00'])
  })

  it('leave out what is taken, and what would crowd it', () => {
    const busy = [{ from: at('2026-11-23T10:30'), to: at('2026-11-23T11:00') }]
    expect(civils({ busy })).toEqual(['10:00', '11:00', '11:30', '17:00', '17:30'])
    expect(civils({ busy, bufferAfterMs: 10 * minuteMs })).toEqual(['11:00', '11:30', '17:00', '17:30'])
    expect(civils({ busy, bufferBeforeMs: 10 * minuteMs })).toEqual(['10:00', '11:30', '17:00', '17:30'])
  })

  it('begin no sooner than the notice', () => {
    const now = at('2026-11-23T10:00')
    expect(civils({ now })).toEqual(['10:00', '10:30', '11:00', '11:30', '17:00', '17:30'])
    expect(civils({ now, noticeMs: 61 * minuteMs })).toEqual(['11:30', '17:00', '17:30'])
  })

  it('reach to the end of the last day of the horizon', () => {
    const week = {
      hours: everyDay([{ from: '23:00', to: '24:00' }]),
      to: '2026-11-30T00:00',
      now: at('2026-11-23T12:00'),
    }
    expect(civils({ ...week, horizonDays: 0 })).toEqual(['23:00', '23:30'])
    expect(civils({ ...week, horizonDays: 1 }).at(-1)).toBe('2026-11-24T23:30')
  })

  it('keep other hours on an exception and none in a closure', () => {
    const hours = {
      ...everyDay(split),
      exceptions: { '2026-11-24': [{ from: '09:00', to: '10:00' }] },
      closures: [{ from: '2026-11-24', to: '2026-11-26' }],
    }
    expect(civils({ hours, from: '2026-11-24T00:00', to: '2026-11-27T00:00' })).toEqual([
      '2026-11-24T09:00',
      '2026-11-24T09:30',
    ])
  })

  it('go on past midnight, and across spans that meet there', () => {
    const night = { week: { mon: [{ from: '23:00', to: '01:00' }] } }
    expect(civils({ hours: night, to: '2026-11-25T00:00', durationMs: 60 * minuteMs })).toEqual([
      '23:00',
      '23:30',
      '2026-11-24T00:00',
    ])
    const whole = everyDay([{ from: '00:00', to: '24:00' }])
    const late = { hours: whole, from: '2026-11-23T23:00', durationMs: 300 * minuteMs }
    expect(civils(late)).toEqual(['23:00', '23:30'])
  })
})

describe('slots in a night when clocks change', () => {
  const night = everyDay([{ from: '01:00', to: '04:00' }])

  it('skip the times that spring skips', () => {
    const spring = { hours: night, from: '2027-03-28T00:00', to: '2027-03-29T00:00', now: at('2027-03-01T00:00') }
    expect(civils(spring)).toEqual(['01:00', '01:30', '03:00', '03:30'].map((time) => `2027-03-28T${time}`))
    // It elapses, whatever the wall says: half past one and an hour is half past three.
    expect(civils({ ...spring, durationMs: 60 * minuteMs })).toEqual(
      ['01:00', '01:30', '03:00'].map((time) => `2027-03-28T${time}`),
    )
  })

  it('come once at the times that autumn has twice', () => {
    const autumn = { hours: night, from: '2026-10-25T00:00', to: '2026-10-26T00:00', now: at('2026-10-01T00:00') }
    expect(civils(autumn)).toEqual(
      ['01:00', '01:30', '02:00', '02:30', '03:00', '03:30'].map((time) => `2026-10-25T${time}`),
    )
  })
})

it('refuses a step that leads nowhere', () => {
  expect(() => civils({ stepMs: 0 })).toThrow('every 0 ms')
  expect(() => civils({ durationMs: 0 })).toThrow('0 ms every')
})
