import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from './index.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('durations', () => {
  it.each([
    ['10m', 10 * minute],
    ['2h', 2 * hour],
    ['3 days', 3 * day],
    ['1h 30m', 1.5 * hour],
    ['1h30m', 1.5 * hour],
    ['1 hour, 30 minutes', 1.5 * hour],
    ['1.5h', 1.5 * hour],
    [' 2 Weeks ', 14 * day],
    ['1.1s', 1_100],
    ['250ms', 250],
    ['0s', 0],
    ['P1D', day],
    ['PT15M', 15 * minute],
    ['P1DT2H', 26 * hour],
    ['P2W', 14 * day],
    ['PT0.5S', 500],
  ])('"%s" is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    '',
    '2',
    'h',
    '-2h',
    '1 month',
    'P1M',
    'P1Y',
    'P',
    'PT',
    'P1DT',
    '1h 1h',
    '1h 1 hour',
    'soon',
    '1e3s',
    '9'.repeat(99) + 'd',
  ])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('are read back as they are written', () => {
    expect(formatDuration(90 * minute)).toBe('1h 30m')
    expect(formatDuration(0)).toBe('0s')
    fc.assert(
      fc.property(fc.maxSafeNat(), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })

  it('take hostile text in their stride', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: fc.constantFrom('1', '.', ' ', 'h', ',', 'P', 'T', 'M') }),
        (text) => {
          const ms = parseDuration(text)
          expect(ms === undefined || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
