import { describe, expect, it } from 'vitest'
import { test } from '../testing/evaluate.ts'

describe('a cell', () => {
  it.each([
    ['-', 1, true],
    ['5', 5, true],
    ['5', 6, false],
    ['-5', -5, true],
    ['< 5', 4, true],
    ['>= 5', 5, true],
    ['!= 5', 4, true],
    ['[1..5)', 1, true],
    ['[1..5)', 5, false],
    [']1..5]', 1, false],
    ['[1..5[', 5, false],
    ['(1..5]', 5, true],
    ['1, 3, > 7', 8, true],
    ['1, 3, > 7', 5, false],
    ['"gold", "silver"', 'silver', true],
    ['not("gold", "silver")', 'bronze', true],
    ['not("gold")', 'gold', false],
    ['not(< 5)', 7, true],
    ['true', true, true],
    ['false', true, false],
    ['["a".."c"]', 'b', true],
    ['limit', 7, true],
    ['> limit', 8, true],
    ['[1..limit]', 8, false],
    ['order.max * 2', 18, true],
    ['? > 3 and ? < 5', 4, true],
    ['? in [1..3]', 9, false],
    ['starts with(?, "a")', 'abc', true],
    ['["a", "b"]', 'b', true],
    ['count(?) > 1', [1, 2], true],
    ['allowed', 'x', true],
  ])('%s asked about %j is %s', (cell, value, expected) => {
    const data = { limit: 7, order: { max: 9 }, allowed: ['x', 'y'] }
    expect(test(cell, value as never, data)).toBe(expected)
  })

  it.each([
    ['date("2026-01-31")', '2026-01-31', true],
    ['< date("2026-02-01")', '2026-01-31', true],
    ['[@"2026-01-01"..@"2026-01-31"]', '2026-01-31', true],
    ['> @"P1D"', 'PT25H', true],
    ['> @"P1M"', 'P1Y', true],
    ['>= time("18:00:00")', '18:00:00', true],
    ['< date and time("2026-01-31T12:00:00Z")', '2026-01-31T12:30:00+01:00', true],
    ['date("2026-01-31")', '2026-01-31T00:00:00', null],
    ['< time("18:00:00Z")', '17:00:00', null],
  ])('%s asked about @"%s" is %s', (cell, text, expected) => {
    expect(test(`? in (${cell})`, null)).not.toBe(true)
    expect(test(`@"${text}" in (${cell})`, true)).toBe(expected)
  })

  it('never takes null for anything but `-` and null', () => {
    const cells = [
      '5',
      '< 5',
      '!= 5',
      'not(5)',
      'not("a", "b")',
      '[1..5]',
      '"a"',
      'true',
      'false',
      'not(true)',
      'limit',
    ]
    for (const cell of [...cells, 'not(null)', 'not([1..2])', '? > 5', '["a", "b"]']) {
      expect([cell, test(cell, null, { limit: 1 })]).not.toEqual([cell, true])
    }
    for (const cell of ['-', 'null', 'null, 5', '? = null', 'not(? != null)']) {
      expect([cell, test(cell, null)]).toEqual([cell, true])
    }
  })

  it('does not take a value of another kind for a match, nor for its opposite', () => {
    for (const cell of ['5', '< 5', 'not(5)', '[1..5]', 'true', 'not("7")']) {
      expect(test(cell, cell.includes('"') ? 7 : '7')).not.toBe(true)
    }
  })
})
