import { describe, expect, it } from 'vitest'
import { show } from '../testing/evaluate.ts'

const data = {
  a: 1,
  name: 'Ada',
  'Monthly Salary': 3000,
  'year-to-date': 7,
  order: { total: 20, 'ship to': { city: 'Leeds' }, lines: [{ price: 3 }, { price: 9 }] },
  constructor: 5,
}

describe('an expression', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ** 3 ** 2', '64'],
    ['-a + 4', '3'],
    ['10 - 3 - 2', '5'],
    ['1 / 0', 'null'],
    ['0.1 + 0.2', '0.3'],
    ['1.1 * 3', '3.3'],
    ['1 / 3 * 3', '1'],
    ['"a" + "b"', '"ab"'],
    ['"a" + 1', 'null'],
    ['Monthly Salary * 12', '36000'],
    ['year-to-date - a', '6'],
    ['order.total', '20'],
    ['order.ship to.city', '"Leeds"'],
    ['order.lines.price', '[3, 9]'],
    ['order.nothing', 'null'],
    ['name.length', 'null'],
    ['nobody', 'null'],
    ['if a = 1 then "one" else "more"', '"one"'],
    ['if null then "one" else "more"', '"more"'],
    ['for x in [1, 2], y in 1..2 return x * 10 + y', '[11, 12, 21, 22]'],
    ['for x in 3..1 return x', '[3, 2, 1]'],
    ['for x in 1..4 return if x < 3 then x else partial[-1] + partial[-2]', '[1, 2, 3, 5]'],
    ['some x in [1, 2] satisfies x > 1', 'true'],
    ['every x in [1, 2] satisfies x > 1', 'false'],
    ['some x in [1, null] satisfies x > 1', 'null'],
    ['order.lines[price > 5]', '[{price: 9}]'],
    ['order.lines[-1].price', '9'],
    ['order.lines[3]', 'null'],
    ['[1, 2, 3][item >= 2]', '[2, 3]'],
    ['{a: 2, b: a + 1}.b', '3'],
    ['{f: function(x: number) x + 1}.f(2)', '3'],
    ['{f: function(x: number) x + 1}.f(x: 2)', '3'],
    ['{f: function(x: number) x + 1}.f("2")', 'null'],
    ['1 in [1..3]', 'true'],
    ['1 in (2, > 5)', 'false'],
    ['5 between 1 and 9', 'true'],
    ['1 instance of number', 'true'],
    ['[1, 2] instance of list<number>', 'true'],
    ['[1] instance of number', 'false'],
    ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
    ['date("2026-03-01") - date("2026-02-27")', 'P2D'],
    ['@"2026-01-01T23:30:00Z" + @"PT1H"', '2026-01-02T00:30:00Z'],
    ['@"P1D" * 1.5', 'P1DT12H'],
    ['@"P1Y6M".years', '1'],
    ['date("2026-01-31").weekday', '6'],
    ['@"-P1DT2H".hours', '-2'],
  ])('%s is %s', (text, expected) => {
    expect(show(text, data)).toBe(expected)
  })

  it.each([
    ['true and null', 'null'],
    ['false and null', 'false'],
    ['null or true', 'true'],
    ['false or null', 'null'],
    ['1 and true', 'null'],
    ['not(null)', 'null'],
    ['null = null', 'true'],
    ['null = 1', 'false'],
    ['1 = "1"', 'null'],
    ['null < 1', 'null'],
    ['"a" < 1', 'null'],
    ['[1, null] = [1, 2]', 'false'],
    ['[1, "a"] = [1, 2]', 'null'],
  ])('is three-valued: %s is %s', (text, expected) => {
    expect(show(text)).toBe(expected)
  })

  it('reads own properties alone', () => {
    expect(show('constructor', data)).toBe('5')
    for (const text of ['order.constructor', 'toString', 'order.__proto__', 'name.constructor', '{}.hasOwnProperty']) {
      expect(show(text, data)).toBe('null')
    }
    expect(show('@"2026-01-31".constructor')).toBe('null')
    expect(show('{"__proto__": 1}.__proto__')).toBe('1')
  })

  it('is told the time, and asks nobody', () => {
    expect(show('now()', {}, Date.UTC(2026, 0, 31, 12))).toBe('2026-01-31T12:00:00Z')
    expect(show('today() - date("2026-01-01")', {}, Date.UTC(2026, 0, 31, 12))).toBe('P30D')
    expect(show('now()')).toBe('null')
  })
})
