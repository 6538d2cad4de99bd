import { describe, expect, it } from 'vitest'
import { compile, parse, type Env, type Truth } from '../index.ts'

const now = Date.UTC(2026, 0, 31, 15)

function ask(text: string, x: unknown, env: Partial<Env> = {}): Truth {
  const result = parse(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return compile(result.condition).evaluate({ read: () => x, now, ...env })
}

describe('within and outside', () => {
  it.each<[unknown, Truth]>([
    [0, true],
    [30, true],
    [30.01, false],
    [-2, true],
    ['30', true],
    ['31', false],
    ['2026-01-01', true],
    ['2025-12-31', false],
    ['2026-03-02', true],
    ['2026-03-03', false],
    ['2026-01-01T15:00:00Z', true],
    ['2026-01-01T14:59:59.999Z', false],
    ['2026-01-01T16:00:00+01:00', true],
    ['2026-01-01T16:00:00+02:00', false],
    ['2026-03-02T15:00:00Z', true],
    ['2026-03-02T15:00:00.001Z', false],
    ['last week', undefined],
    ['2026-02-30', undefined],
    ['', undefined],
    [true, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [['2026-01-30'], undefined],
  ])('takes %j as %s for `within 30 days` and the contrary for `outside`', (x, expected) => {
    expect(ask('x within 30 days', x)).toBe(expected)
    expect(ask('x outside 30 days', x)).toBe(expected === undefined ? undefined : !expected)
  })

  it('counts hours from the moment, or from midnight UTC where there is no time of day', () => {
    expect(ask('x within 24 hours', '2026-01-30T15:00:00Z')).toBe(true)
    expect(ask('x within 24 hours', '2026-01-30T14:59:00Z')).toBe(false)
    expect(ask('x within 15 hours', '2026-01-31')).toBe(true)
    expect(ask('x within 14.9 hours', '2026-01-31')).toBe(false)
    expect(ask('x within 1 hour', 1)).toBe(true)
  })

  it('takes today as within 0 days', () => {
    expect(ask('x within 0 days', '2026-01-31')).toBe(true)
    expect(ask('x within 0 days', '2026-01-30')).toBe(false)
  })
})

describe('a day in the zone of the tenant', () => {
  const hourMs = 3_600_000
  const dayOf = (instantMs: number): number => Math.floor((instantMs - 6 * hourMs) / (24 * hourMs))
  // Half past three in UTC on the 31st is still the 30th six hours west.
  const night: Partial<Env> = { now: Date.UTC(2026, 0, 31, 3, 30), dayOf }

  it('is today until midnight there', () => {
    expect(ask('x within 0 days', '2026-01-30', night)).toBe(true)
    expect(ask('x within 0 days', '2026-01-31', night)).toBe(false)
    expect(ask('x within 30 days', '2025-12-31', night)).toBe(true)
    expect(ask('x within 30 days', '2025-12-31', { now: night.now! })).toBe(false)
  })

  it('begins at midnight there when hours are counted', () => {
    expect(ask('x within 21.5 hours', '2026-01-30', night)).toBe(true)
    expect(ask('x within 21.4 hours', '2026-01-30', night)).toBe(false)
    expect(ask('x within 1290 minutes', '2026-01-30', night)).toBe(true)
    expect(ask('x within 1289 minutes', '2026-01-30', night)).toBe(false)
  })

  it('begins with its first moment where clocks skip midnight', () => {
    // At 04:00 UTC on the 8th, midnight at UTC-4, clocks go on to 01:00 at UTC-3.
    const change = Date.UTC(2026, 2, 8, 4)
    const skipping = (at: number): number => Math.floor((at - (at < change ? 4 : 3) * hourMs) / (24 * hourMs))
    const env = { now: change + 2 * hourMs, dayOf: skipping }
    expect(ask('x within 2 hours', '2026-03-08', env)).toBe(true)
    expect(ask('x within 119 minutes', '2026-03-08', env)).toBe(false)
  })

  it('does not change what a moment is, or how long ago it was', () => {
    expect(ask('x within 1 day', '2026-01-30T03:30:00Z', night)).toBe(true)
    expect(ask('x within 1 day', '2026-01-30T03:29:59Z', night)).toBe(false)
  })

  it('has the moments that fall on it there', () => {
    expect(ask('x <= 2026-01-30', '2026-01-31T03:30:00Z', night)).toBe(true)
    expect(ask('x == 2026-01-31', '2026-01-31T03:30:00Z', night)).toBe(false)
    expect(ask('x in [2026-01-30]', '2026-01-31T03:30:00Z', night)).toBe(true)
    expect(ask('x < "2026-01-31T03:30:00Z"', '2026-01-30', night)).toBe(false)
    expect(ask('x contains 2026-01-30', ['2026-01-31T03:30:00Z'], night)).toBe(true)
  })
})
