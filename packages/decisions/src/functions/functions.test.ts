import { describe, expect, it } from 'vitest'
import { show } from '../testing/evaluate.ts'
import { functions } from './all.ts'

/** By the name of the function: calls, and what they come to. */
const calls: [call: string, expected: string][] = [
  ['not(true)', 'false'],
  ['string(1.50)', '"1.5"'],
  ['string([1, "a", {b: null}])', '"[1, \\"a\\", {b: null}]"'],
  ['number("1 234,5", " ", ",")', '1234.5'],
  ['number("1,234.5", ",", ".")', '1234.5'],
  ['number("1e3")', '1000'],
  ['number("abc")', 'null'],
  ['number("1", ";", ".")', 'null'],
  ['is(1, 1)', 'true'],
  ['is(1, "1")', 'false'],
  ['substring("foobar", 3)', '"obar"'],
  ['substring("foobar", -2, 1)', '"a"'],
  ['substring("\u{1F40E}ab", 2, 1)', '"a"'],
  ['substring("foo", 7)', 'null'],
  ['string length("\u{1F40E}ab")', '3'],
  ['upper case("aBc4")', '"ABC4"'],
  ['lower case("aBc4")', '"abc4"'],
  ['substring before("foobar", "bar")', '"foo"'],
  ['substring before("foobar", "xyz")', '""'],
  ['substring after("foobar", "ob")', '"ar"'],
  ['contains("foobar", "of")', 'false'],
  ['starts with("foobar", "fo")', 'true'],
  ['ends with("foobar", "r")', 'true'],
  ['matches("foobar", "^fo*b")', 'true'],
  ['matches("FOO", "foo", "i")', 'true'],
  ['matches("foo", "(?=f)")', 'null'],
  ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'],
  ['replace("a.b", "\\\\.", "$0$0")', '"a..b"'],
  ['split("a;b;;c", ";")', '["a", "b", "", "c"]'],
  ['string join(["a", null, "c"], "-")', '"a-c"'],
  ['list contains([1, [2], null], null)', 'true'],
  ['count([1, null])', '2'],
  ['min(3, 1, 2)', '1'],
  ['max(["a", "c", "b"])', '"c"'],
  ['min([])', 'null'],
  ['max(1, "a")', 'null'],
  ['sum([0.1, 0.2, 0.3])', '0.6'],
  ['mean(1, 2, 4, 1)', '2'],
  ['product([2, 3, 4])', '24'],
  ['median([6, 1, 2, 3])', '2.5'],
  ['median([10, 9, 2])', '9'],
  ['stddev(1, 3)', '1.4142135623730951'],
  ['mode([6, 1, 9, 6, 1])', '[1, 6]'],
  ['all([true, null, false])', 'false'],
  ['any([false, null])', 'null'],
  ['sublist([1, 2, 3], -2, 1)', '[2]'],
  ['append([1], 2, 3)', '[1, 2, 3]'],
  ['concatenate([1], [2, 3])', '[1, 2, 3]'],
  ['insert before([1, 3], -1, 2)', '[1, 2, 3]'],
  ['remove([1, 2, 3], 2)', '[1, 3]'],
  ['list replace([1, 2, 3], 2, 9)', '[1, 9, 3]'],
  ['list replace([1, 2, 3], function(item, new) item > 1, 9)', '[1, 9, 9]'],
  ['reverse([1, 2])', '[2, 1]'],
  ['index of([1, 2, 1], 1)', '[1, 3]'],
  ['union([1, 2], [2, 3])', '[1, 2, 3]'],
  ['distinct values([1, "1", 1, [1], [1]])', '[1, "1", [1]]'],
  ['flatten([1, [2, [3]]])', '[1, 2, 3]'],
  ['sort([3, 1, 2], function(x, y) x < y)', '[1, 2, 3]'],
  ['sort(["b", "a"])', '["a", "b"]'],
  ['decimal(1.005, 2)', '1'],
  ['decimal(2.5, 0)', '2'],
  ['floor(-1.5)', '-2'],
  ['ceiling(-1.56, 1)', '-1.5'],
  ['round up(5.121, 2)', '5.13'],
  ['round down(-5.5, 0)', '-5'],
  ['round half up(-2.5, 0)', '-3'],
  ['round half down(2.5, 0)', '2'],
  ['abs(@"-P1D")', 'P1D'],
  ['modulo(-12, 5)', '3'],
  ['modulo(5.1, 0.1)', '0'],
  ['modulo(1, 0)', 'null'],
  ['sqrt(-1)', 'null'],
  ['log(0)', 'null'],
  ['exp(0)', '1'],
  ['odd(-5)', 'true'],
  ['even(2.5)', 'null'],
  ['get value({a: {b: 1}}, ["a", "b"])', '1'],
  ['get value({a: 1}, "toString")', 'null'],
  ['get entries({a: 1})', '[{key: "a", value: 1}]'],
  ['context([{key: "a", value: 1}])', '{a: 1}'],
  ['context put({a: {b: 1}}, ["a", "c"], 2)', '{a: {b: 1, c: 2}}'],
  ['context put({a: 1}, "__proto__", 2)', '{a: 1, __proto__: 2}'],
  ['context merge([{a: 1}, {a: 2, b: 3}])', '{a: 2, b: 3}'],
  ['date(2026, 2, 29)', 'null'],
  ['date(@"2026-01-31T10:00:00Z")', '2026-01-31'],
  ['time(12, 30, 15.5, @"-PT1H")', '12:30:15.5-01:00'],
  ['date and time(@"2026-01-31", @"10:00:00")', '2026-01-31T10:00:00'],
  ['duration("P1DT25H")', 'P2DT1H'],
  ['years and months duration(@"2025-12-31", @"2026-02-28")', 'P1M'],
  ['day of year(@"2026-02-01")', '32'],
  ['day of week(@"2026-01-31")', '"Saturday"'],
  ['month of year(@"2026-01-31")', '"January"'],
  ['week of year(@"2027-01-01")', '53'],
  ['before([1..5), 5)', 'true'],
  ['after([5..8], [1..5))', 'true'],
  ['meets([1..5], [5..8])', 'true'],
  ['met by((5..8], [1..5])', 'false'],
  ['overlaps([1..5], [5..8])', 'true'],
  ['overlaps before([1..5], [3..8])', 'true'],
  ['overlaps after([3..8], [1..5])', 'true'],
  ['finishes(5, [1..5])', 'true'],
  ['finished by([1..5], (3..5])', 'true'],
  ['starts([1..3], [1..5])', 'true'],
  ['started by([1..5], 1)', 'true'],
  ['includes([1..5], (2..4))', 'true'],
  ['during(5, [1..5))', 'false'],
  ['coincides([1..5], [1..5])', 'true'],
  ['range("[1..5)").end', '5'],
  ['range("[@\\"2026-01-01\\"..@\\"2026-01-31\\"]").start', '2026-01-01'],
]

describe("FEEL's own functions", () => {
  it.each(calls)('%s is %s', (text, expected) => {
    expect(show(text)).toBe(expected)
  })

  it('have all been called here', () => {
    const names = [...functions.keys()].filter((name) => !['@', 'now', 'today', 'get entries'].includes(name))
    expect(names.filter((name) => !calls.some(([call]) => call.startsWith(`${name}(`)))).toEqual([])
  })

  it('are null when an argument is missing, too many or of another type', () => {
    const wrong = ['floor()', 'floor("1")', 'substring("a")', 'count()', 'not(1)', 'abs("a")', 'contains("a", 1)']
    for (const text of [
      ...wrong,
      'floor(1, 2, 3)',
      'floor(m: 1)',
      'nobody(1)',
      '1(2)',
      'date("x")',
      'sort([2, 1], 1)',
    ]) {
      expect([text, show(text)]).toEqual([text, 'null'])
    }
  })

  it('take a list of one for its item, and an item for a list of one', () => {
    expect(show('floor([1.5])')).toBe('1')
    expect(show('count("a")')).toBe('1')
    expect(show('upper case(["a"])')).toBe('"A"')
  })
})
