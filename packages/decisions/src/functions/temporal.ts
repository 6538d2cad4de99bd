import { daysOf, isoWeekOf, weekdayOf } from '../values/calendar.ts'
import { CalendarDate, dateFrom } from '../values/date.ts'
import { monthSpan, TimeSpan } from '../values/duration.ts'
import { Moment, momentFromEpochMs } from '../values/moment.ts'
import { parseTemporal } from '../values/temporal.ts'
import { ClockTime, timeFrom } from '../values/time.ts'
import type { Value } from '../values/value.ts'
import { utc, zoneFromOffset, type Zone } from '../values/zone.ts'
import { define, overload, type Functions } from './define.ts'

const dayLike = 'date | date and time'
const dateOf = (value: Value | undefined): CalendarDate =>
  value instanceof Moment ? value.date : (value as CalendarDate)

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const ofDate = (make: (date: CalendarDate) => Value) =>
  define(overload(`date: ${dayLike}`, ([date]) => make(dateOf(date))))

/** `offset`: a duration, or null for a time without a zone. */
function timeOf(hour: Value, minute: Value, second: Value, offset: Value): Value {
  if (typeof hour !== 'number' || typeof minute !== 'number' || typeof second !== 'number') return null
  let zone: Zone | null = null
  if (offset instanceof TimeSpan) {
    const known = zoneFromOffset(Math.trunc(offset.seconds))
    if (!known) return null
    zone = known
  }
  return timeFrom(hour, minute, second, zone) ?? null
}

/** Whole months from one to the other; what is left of a month does not count, nor do times of day. */
function monthsBetween(from: Value | undefined, to: Value | undefined): Value {
  const [a, b] = [dateOf(from), dateOf(to)]
  const size = (b.year - a.year) * 12 + b.month - a.month
  const rest = b.day - a.day
  const incomplete = size > 0 && rest < 0 ? -1 : size < 0 && rest > 0 ? 1 : 0
  return monthSpan(size + incomplete) ?? null
}

export const temporalFunctions: Functions = {
  date: define(
    overload('from: string', ([text]) => parseTemporal('date', text as string) ?? null),
    overload(`from: ${dayLike}`, ([from]) => dateOf(from)),
    overload('year: number, month: number, day: number', ([year, month, day]) => {
      return dateFrom(year as number, month as number, day as number) ?? null
    }),
  ),
  time: define(
    overload('from: string', ([text]) => parseTemporal('time', text as string) ?? null),
    overload('from: time', ([time]) => time as ClockTime),
    overload('from: date', () => new ClockTime(0, utc)),
    overload('from: date and time', ([from]) => (from as Moment).time),
    overload(
      'hour: number, minute: number, second: number, offset?: days and time duration',
      ([hour = null, minute = null, second = null, offset = null]) => timeOf(hour, minute, second, offset),
    ),
  ),
  'date and time': define(
    overload('from: string', ([text]) => parseTemporal('date and time', text as string) ?? null),
    overload('from: date', ([date]) => new Moment(date as CalendarDate, new ClockTime(0, utc))),
    overload('from: date and time', ([from]) => from as Moment),
    overload(`date: ${dayLike}, time: time`, ([date, time]) => new Moment(dateOf(date), time as ClockTime)),
  ),
  duration: define(
    overload('from: string', ([text]) => parseTemporal('duration', text as string) ?? null),
    overload('from: days and time duration | years and months duration', ([from = null]) => from),
  ),
  'years and months duration': define(
    overload(`from: ${dayLike}, to: ${dayLike}`, ([from, to]) => monthsBetween(from, to)),
  ),
  '@': define(overload('text: string', ([text]) => parseTemporal('@', text as string) ?? null)),
  'day of year': ofDate((date) => date.days - daysOf(date.year, 1, 1) + 1),
  'day of week': ofDate((date) => weekdays[weekdayOf(date.days) - 1] ?? null),
  'month of year': ofDate((date) => months[date.month - 1] ?? null),
  'week of year': ofDate((date) => isoWeekOf(date.days)),
  now: define(overload('', (_, env) => (env.nowMs === undefined ? null : (momentFromEpochMs(env.nowMs) ?? null)))),
  today: define(
    overload('', (_, env) => (env.nowMs === undefined ? null : (momentFromEpochMs(env.nowMs)?.date ?? null))),
  ),
}
