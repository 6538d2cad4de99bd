import { MonthSpan, TimeSpan } from '../values/duration.ts'
import { negated } from '../values/arithmetic.ts'
import { decimalOf, plus, rounded, times, type Rounding } from '../values/number.ts'
import { define, itemsOf, numbersOf, overload, type Functions } from './define.ts'

const rounding = (how: Rounding) =>
  define(
    overload('n: number, scale: number', ([n, scale]) => rounded(n as number, scale as number, how)),
    overload('n: number', ([n]) => rounded(n as number, 0, how)),
  )
const strictRounding = (how: Rounding) =>
  define(overload('n: number, scale: number', ([n, scale]) => rounded(n as number, scale as number, how)))

const ofNumber = (calculate: (n: number) => number) =>
  define(overload('number: number', ([n]) => decimalOf(calculate(n as number))))

/** Of a list of numbers, or of numbers; null when one of them is none, or there is none. */
const ofNumbers = (calculate: (numbers: number[]) => number | null) =>
  define(
    overload('...list: any', (args, env) => {
      const numbers = numbersOf(itemsOf(args))
      env.budget.take(numbers?.length ?? 0)
      const result = numbers && numbers.length > 0 ? calculate(numbers) : null
      return result === null ? null : decimalOf(result)
    }),
  )

const sum = (numbers: number[]): number => numbers.reduce((total, n) => plus(total, n) ?? Number.NaN, 0)
const mean = (numbers: number[]): number => sum(numbers) / numbers.length

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 0
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0)
}

function deviation(numbers: number[]): number | null {
  if (numbers.length < 2) return null
  const middle = mean(numbers)
  return Math.sqrt(sum(numbers.map((n) => (n - middle) ** 2)) / (numbers.length - 1))
}

/** The most frequent ones, from small to large. */
function modes(numbers: number[]): number[] {
  const counts = new Map<number, number>()
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1)
  const most = Math.max(0, ...new Set(counts.values()))
  return [...counts].flatMap(([n, count]) => (count === most ? [n] : [])).sort((a, b) => a - b)
}

export const numberFunctions: Functions = {
  decimal: strictRounding('half even'),
  floor: rounding('floor'),
  ceiling: rounding('ceiling'),
  'round up': strictRounding('up'),
  'round down': strictRounding('down'),
  'round half up': strictRounding('half up'),
  'round half down': strictRounding('half down'),
  abs: define(
    overload('n: number', ([n]) => Math.abs(n as number)),
    overload('n: years and months duration | days and time duration', ([n]) => {
      const negative = n instanceof MonthSpan ? n.months < 0 : n instanceof TimeSpan && n.isNegative
      return negative ? negated(n as MonthSpan | TimeSpan) : (n ?? null)
    }),
  ),
  modulo: define(
    overload('dividend: number, divisor: number', ([dividend, divisor]) => {
      const [a, b] = [dividend as number, divisor as number]
      const whole = b === 0 ? null : decimalOf(a / b)
      const taken = whole === null ? null : times(b, Math.floor(whole))
      return taken === null ? null : plus(a, -taken)
    }),
  ),
  sqrt: ofNumber(Math.sqrt),
  log: ofNumber(Math.log),
  exp: ofNumber(Math.exp),
  odd: define(overload('number: number', ([n]) => wholeOf(n as number, (whole) => Math.abs(whole % 2) === 1))),
  even: define(overload('number: number', ([n]) => wholeOf(n as number, (whole) => whole % 2 === 0))),
  sum: ofNumbers(sum),
  mean: ofNumbers(mean),
  product: ofNumbers((numbers) => numbers.reduce((product, n) => times(product, n) ?? Number.NaN, 1)),
  median: ofNumbers(median),
  stddev: ofNumbers(deviation),
  mode: define(
    overload('...list: any', (args, env) => {
      const numbers = numbersOf(itemsOf(args))
      env.budget.take(numbers?.length ?? 0)
      return numbers ? modes(numbers) : null
    }),
  ),
}

const wholeOf = (n: number, test: (whole: number) => boolean): boolean | null => (Number.isInteger(n) ? test(n) : null)
