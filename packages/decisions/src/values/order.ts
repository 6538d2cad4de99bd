import { CalendarDate } from './date.ts'
import { MonthSpan, TimeSpan } from './duration.ts'
import { Moment, normalized, pointOf, type Point } from './moment.ts'
import { ClockTime, nanosPerSecond } from './time.ts'
import { offsetOf } from './zone.ts'
import type { Value } from './value.ts'

/**
 * Negative, 0 or positive; undefined when the two cannot be compared: values of different kinds, a local time with a
 * zoned one, anything that has no order.
 */
export function order(a: Value | undefined, b: Value | undefined): number | undefined {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : undefined
  if (typeof a === 'string') return typeof b === 'string' ? orderText(a, b) : undefined
  if (a instanceof CalendarDate) return b instanceof CalendarDate ? a.days - b.days : undefined
  if (a instanceof Moment) return b instanceof Moment ? orderMoments(a, b) : undefined
  if (a instanceof ClockTime) return b instanceof ClockTime ? orderTimes(a, b) : undefined
  if (a instanceof MonthSpan) return b instanceof MonthSpan ? a.months - b.months : undefined
  if (a instanceof TimeSpan) return b instanceof TimeSpan ? orderPoints(a, b) : undefined
  return undefined
}

const orderText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
const orderPoints = (a: Point, b: Point): number => a.days - b.days || a.nanos - b.nanos

const orderMoments = (a: Moment, b: Moment): number | undefined =>
  (a.time.zone === null) === (b.time.zone === null) ? orderPoints(pointOf(a), pointOf(b)) : undefined

function orderTimes(a: ClockTime, b: ClockTime): number | undefined {
  if ((a.zone === null) !== (b.zone === null)) return undefined
  return a.zone === null ? a.nanos - b.nanos : orderPoints(timePoint(a), timePoint(b))
}

/** A zoned time, taken on the first of January 1970. */
const timePoint = ({ nanos, zone }: ClockTime): Point =>
  normalized(0, nanos - (zone ? offsetOf(zone, 0, Math.floor(nanos / nanosPerSecond)) : 0) * nanosPerSecond)
