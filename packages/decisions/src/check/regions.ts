import { calculate } from '../values/arithmetic.ts'
import { CalendarDate, dateFromDays } from '../values/date.ts'
import { MonthSpan, TimeSpan } from '../values/duration.ts'
import { Moment } from '../values/moment.ts'
import { order } from '../values/order.ts'
import { ClockTime, nanosPerDay } from '../values/time.ts'
import { kindOf, type Kind, type Value } from '../values/value.ts'

/** One value out of every region into which the constants cut the values of a kind. Undefined: cannot be cut. */
export function witnessesOf(kind: Kind, constants: readonly Value[]): Value[] | undefined {
  if (kind === 'boolean') return [true, false]
  const line = lines[kind]
  const points = constants.filter((constant) => kindOf(constant) === kind)
  if (!line || points.some((point) => order(point, points[0]) === undefined)) return undefined
  if (line.isWhole && !points.every((point) => line.isWhole?.(point))) return undefined
  const sorted = points
    .toSorted((a, b) => order(a, b) ?? 0)
    .filter((point, i, all) => i === 0 || order(point, all[i - 1]) !== 0)
  const [first] = sorted
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return [line.any]
  const between = sorted.flatMap((point, i): Value[] => {
    const next = sorted[i + 1]
    return next === undefined ? [point] : [point, ...inside(line, point, next)]
  })
  const witnesses = [...present(line.below(first)), ...between, ...present(line.above(last))]
  return kind === 'string' ? readable(witnesses, sorted) : witnesses
}

interface Line {
  any: Value
  /** Undefined: there is nothing. */
  below(value: Value): Value | undefined
  above(value: Value): Value | undefined
  between(a: Value, b: Value): Value | undefined
  /** Whether the constant is one that this line can cut at. */
  isWhole?(value: Value): boolean
}

const present = (value: Value | undefined): Value[] => (value === undefined || value === null ? [] : [value])

/** Nothing, when there is no value between the two. */
function inside(line: Line, a: Value, b: Value): Value[] {
  const value = line.between(a, b)
  const isInside = value !== undefined && (order(a, value) ?? 0) < 0 && (order(value, b) ?? 0) < 0
  return isInside ? [value] : []
}

const shift =
  (text: Value) =>
  (value: Value, sign: 1 | -1): Value =>
    calculate(sign > 0 ? '+' : '-', value, text)

const halfway = (a: Value, b: Value): Value => calculate('+', a, calculate('/', calculate('-', b, a), 2))

const byDay = shift(new TimeSpan(1, 0))
const byMonth = shift(new MonthSpan(1))
const lastNano = nanosPerDay - 1

const lines: Partial<Record<Kind, Line>> = {
  number: {
    any: 0,
    below: (value) => Math.ceil(value as number) - 1,
    above: (value) => Math.floor(value as number) + 1,
    between: (a, b) => nextWhole(a as number, b as number),
  },
  string: {
    any: 'anything',
    below: (value) => (value === '' ? undefined : ''),
    above: (value) => `${value as string}a`,
    between: (a, b) => ['a', ' ', '\u0000'].map((more) => `${a as string}${more}`).find((text) => text < (b as string)),
  },
  date: {
    any: new CalendarDate(2000, 1, 1),
    below: (value) => byDay(value, -1),
    above: (value) => byDay(value, 1),
    between: (a) => dateFromDays((a as CalendarDate).days + 1),
  },
  time: {
    any: new ClockTime(nanosPerDay / 2, null),
    isWhole: (value) => (value as ClockTime).zone === null,
    below: (value) => ((value as ClockTime).nanos > 0 ? new ClockTime(0, null) : undefined),
    above: (value) => ((value as ClockTime).nanos < lastNano ? new ClockTime(lastNano, null) : undefined),
    between: (a, b) => new ClockTime(Math.floor(((a as ClockTime).nanos + (b as ClockTime).nanos) / 2), null),
  },
  'date and time': {
    any: new Moment(new CalendarDate(2000, 1, 1), new ClockTime(0, null)),
    below: (value) => byDay(value, -1),
    above: (value) => byDay(value, 1),
    between: halfway,
  },
  'days and time duration': {
    any: new TimeSpan(1, 0),
    below: (value) => byDay(value, -1),
    above: (value) => byDay(value, 1),
    between: halfway,
  },
  'years and months duration': {
    any: new MonthSpan(1),
    below: (value) => byMonth(value, -1),
    above: (value) => byMonth(value, 1),
    between: (a) => byMonth(a, 1),
  },
}

function nextWhole(a: number, b: number): number {
  const whole = Math.floor(a) + 1
  return whole < b ? whole : (a + b) / 2
}

/** For people, "anything else" says more than a text that was made to lie between two others. */
function readable(witnesses: Value[], constants: readonly Value[]): Value[] {
  const text = 'anything else'
  const next = constants.findIndex((constant) => (order(constant, text) ?? 0) >= 0)
  if (constants[next] === text) return witnesses
  const [low, high] = next < 0 ? [constants.at(-1), undefined] : [constants[next - 1], constants[next]]
  const isBetween = (value: Value): boolean =>
    (low === undefined || (order(low, value) ?? 0) < 0) && (high === undefined || (order(value, high) ?? 0) < 0)
  return witnesses.map((value) => (isBetween(value) ? text : value))
}
