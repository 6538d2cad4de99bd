import { describe, expect, it } from 'vitest'
import { compile, parse, type Truth } from '../index.ts'

const now = Date.UTC(2026, 0, 31, 15)

function ask(text: string, x: unknown): Truth {
  const result = parse(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return compile(result.condition).evaluate({ read: () => x, now })
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
