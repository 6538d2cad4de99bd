import { CalendarDate } from './date.ts'
import { MonthSpan, TimeSpan, timeSpan } from './duration.ts'
import { Moment } from './moment.ts'
import { ClockTime, nanosPerSecond } from './time.ts'
import { Range, isContext, type Value } from './value.ts'
import { offsetOf } from './zone.ts'

/** What stands behind a point: an entry of a context, or a property of a date, time, duration or range. */
export function partOf(value: Value, name: string): Value {
  if (value === null || typeof value !== 'object') return null
  if (isContext(value)) return Object.hasOwn(value, name) ? (value[name] ?? null) : null
  const properties = propertiesOf(value)
  return properties && Object.hasOwn(properties, name) ? (properties[name]?.() ?? null) : null
}

type Properties = Record<string, () => Value>

function propertiesOf(value: Value): Properties | undefined {
  if (value instanceof CalendarDate) return dateProperties(value)
  if (value instanceof ClockTime) return timeProperties(value, 0)
  if (value instanceof Moment) return { ...dateProperties(value.date), ...timeProperties(value.time, value.date.days) }
  if (value instanceof MonthSpan) return { years: () => value.years, months: () => (value.months % 12) + 0 }
  if (value instanceof TimeSpan) return spanProperties(value)
  if (value instanceof Range) return rangeProperties(value)
  return undefined
}

const dateProperties = (date: CalendarDate): Properties => ({
  year: () => date.year,
  month: () => date.month,
  day: () => date.day,
  weekday: () => date.weekday,
})

const timeProperties = (time: ClockTime, days: number): Properties => ({
  hour: () => time.hour,
  minute: () => time.minute,
  second: () => Math.floor(time.second),
  'time offset': () =>
    time.zone === null ? null : (timeSpan(0, offsetOf(time.zone, days, time.secondOfDay) * nanosPerSecond) ?? null),
  timezone: () => (time.zone === null ? null : time.zone.name),
})

function spanProperties(span: TimeSpan): Properties {
  const sign = span.isNegative ? -1 : 1
  const { days, hours, minutes, seconds } = span.parts
  return {
    days: () => sign * days + 0,
    hours: () => sign * hours + 0,
    minutes: () => sign * minutes + 0,
    seconds: () => sign * seconds + 0,
  }
}

const rangeProperties = (range: Range): Properties => ({
  start: () => range.low ?? null,
  end: () => range.high ?? null,
  'start included': () => range.lowIncluded,
  'end included': () => range.highIncluded,
})
