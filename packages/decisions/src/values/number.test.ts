import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, numberText, plus, rounded, times } from './number.ts'

describe('numbers', () => {
  it('add, subtract and multiply as decimals do', () => {
    const cents = fc.integer({ min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(plus(a / 100, b / 100)).toBe((a + b) / 100 + 0)
        expect(plus(a / 100, -b / 100)).toBe((a - b) / 100 + 0)
        const product = BigInt(a) * BigInt(b % 1000)
        if (product < 1e14 && product > -1e14) {
          expect(times(a / 100, (b % 1000) / 100)).toBe(Number(product) / 1e4 + 0)
        }
      }),
    )
  })

  it('stay what they are when there is no short decimal nearby', () => {
    expect(decimalOf(1 / 3)).toBe(1 / 3)
    expect(decimalOf(Math.PI)).toBe(Math.PI)
    expect(decimalOf(Number.POSITIVE_INFINITY)).toBeNull()
    expect(decimalOf(Number.NaN)).toBeNull()
    expect(Object.is(decimalOf(-0), 0)).toBe(true)
  })

  it.each([
    [1.005, 2, 'half up', 1.01],
    [2.5, 0, 'half even', 2],
    [3.5, 0, 'half even', 4],
    [-2.5, 0, 'half up', -3],
    [-2.5, 0, 'half down', -2],
    [5.5, 0, 'up', 6],
    [-5.5, 0, 'up', -6],
    [-5.5, 0, 'down', -5],
    [-5.5, 0, 'floor', -6],
    [1234, -2, 'ceiling', 1300],
    [1.5, 7000, 'up', null],
    [1.5, -7000, 'up', null],
  ] as const)('%d to %d digits, %s, is %d', (value, scale, how, expected) => {
    expect(rounded(value, scale, how)).toBe(expected)
  })

  it('are written without an exponent', () => {
    expect([1e21, 1.5e-7, -1e-7, 12.5, 1e300].map(numberText).slice(0, 4)).toEqual([
      '1000000000000000000000',
      '0.00000015',
      '-0.0000001',
      '12.5',
    ])
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        (value) => {
          expect(numberText(value)).toMatch(/^-?\d+(?:\.\d+)?$/)
          expect(Number(numberText(value))).toBe(value)
        },
      ),
    )
  })
})
