import type { Sign } from '../expression/expr.ts'
import { CalendarDate, dateFromDays, plusMonths } from './date.ts'
import { MonthSpan, monthSpan, TimeSpan, timeSpan } from './duration.ts'
import { Moment, momentAt, normalized, pointOf } from './moment.ts'
import { decimalOf, plus, times } from './number.ts'
import { ClockTime, nanosPerDay, nanosPerSecond } from './time.ts'
import { kindOf, type Value } from './value.ts'
import { offsetOf, utc } from './zone.ts'

/** Null when FEEL gives the operation no meaning for these values, or the result has no place in its types. */
export function calculate(sign: Sign, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return calculateNumbers(sign, a, b)
  if (a === null || b === null) return null
  switch (sign) {
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b
      return isSpan(b) ? add(a, b, 1) : isSpan(a) ? add(b, a, 1) : null
    case '-':
      return isSpan(b) ? add(a, b, -1) : between(a, b)
    case '*':
      if (typeof b === 'number') return scaled(a, b)
      return typeof a === 'number' ? scaled(b, a) : null
    case '/':
      if (typeof b === 'number') return b === 0 ? null : scaled(a, 1 / b, b)
      return quotient(a, b)
    case '**':
      return null
  }
}

function calculateNumbers(sign: Sign, a: number, b: number): number | null {
  switch (sign) {
    case '+':
      return plus(a, b)
    case '-':
      return plus(a, -b)
    case '*':
      return times(a, b)
    case '/':
      return b === 0 ? null : decimalOf(a / b)
    case '**':
      return decimalOf(a ** b)
  }
}

export const negated = (value: Value): Value =>
  typeof value === 'number' ? 0 - value : isSpan(value) ? scaled(value, -1) : null

type Span = MonthSpan | TimeSpan
const isSpan = (value: Value): value is Span => value instanceof MonthSpan || value instanceof TimeSpan

function add(a: Value, span: Span, sign: 1 | -1): Value {
  if (span instanceof MonthSpan) {
    const months = sign * span.months
    if (a instanceof MonthSpan) return monthSpan(a.months + months) ?? null
    if (a instanceof CalendarDate) return plusMonths(a, months) ?? null
    const date = a instanceof Moment ? plusMonths(a.date, months) : undefined
    return date && a instanceof Moment ? new Moment(date, a.time) : null
  }
  const [days, nanos] = [sign * span.days, sign * span.nanos]
  if (a instanceof TimeSpan) return timeSpan(a.days + days, a.nanos + nanos) ?? null
  if (a instanceof CalendarDate) return dateFromDays(a.days + normalized(days, nanos).days) ?? null
  if (a instanceof ClockTime) return new ClockTime(normalized(0, a.nanos + nanos).nanos, a.zone)
  if (!(a instanceof Moment)) return null
  const point = pointOf(a)
  return momentAt(normalized(point.days + days, point.nanos + nanos), a) ?? null
}

/** From b to a. A date meets a moment as its midnight: of UTC where the moment has a zone. */
function between(a: Value, b: Value): Value {
  if (a instanceof ClockTime && b instanceof ClockTime) {
    if ((a.zone === null) !== (b.zone === null)) return null
    return timeSpan(0, a.nanos - b.nanos - (offsetNanos(a) - offsetNanos(b))) ?? null
  }
  const from = momentOf(b, a)
  const to = momentOf(a, b)
  if (!from || !to || (from.time.zone === null) !== (to.time.zone === null)) return null
  const [start, end] = [pointOf(from), pointOf(to)]
  return timeSpan(end.days - start.days, end.nanos - start.nanos) ?? null
}

const offsetNanos = (time: ClockTime): number =>
  time.zone ? offsetOf(time.zone, 0, time.secondOfDay) * nanosPerSecond : 0

function momentOf(value: Value, other: Value): Moment | undefined {
  if (value instanceof Moment) return value
  if (!(value instanceof CalendarDate)) return undefined
  return new Moment(value, new ClockTime(0, other instanceof Moment && other.time.zone ? utc : null))
}

/** `divisor`: what `factor` is one part of, for an exact number of months. */
function scaled(a: Value, factor: number, divisor?: number): Value {
  const scale = (n: number) => (divisor === undefined ? n * factor : n / divisor)
  if (a instanceof MonthSpan) return monthSpan(Math.trunc(scale(a.months))) ?? null
  if (a instanceof TimeSpan) return timeSpan(scale(a.days), scale(a.nanos)) ?? null
  return null
}

function quotient(a: Value, b: Value): number | null {
  if (kindOf(a) !== kindOf(b)) return null
  if (a instanceof MonthSpan && b instanceof MonthSpan && b.months !== 0) return decimalOf(a.months / b.months)
  if (!(a instanceof TimeSpan) || !(b instanceof TimeSpan)) return null
  const divisor = b.days + b.nanos / nanosPerDay
  return divisor === 0 ? null : decimalOf((a.days + a.nanos / nanosPerDay) / divisor)
}
