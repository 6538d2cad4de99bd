import { parseTemporal } from '../values/temporal.ts'
import { CalendarDate } from '../values/date.ts'
import { Moment } from '../values/moment.ts'
import { ClockTime } from '../values/time.ts'
import { isList, kindOf, type Value } from '../values/value.ts'
import { utc } from '../values/zone.ts'
import type { ColumnType } from './table.ts'

/** The value as a column of the type has it: JSON's text read as a date …; undefined when it does not fit. */
export function acceptAs(type: ColumnType, value: Value): Value | undefined {
  if (value === null || type === 'any' || kindOf(value) === type) return value
  if (isList(value) && value.length === 1 && value[0] !== undefined) return acceptAs(type, value[0])
  if (typeof value === 'string') return fromText(type, value)
  if (type === 'date and time' && value instanceof CalendarDate) return new Moment(value, new ClockTime(0, utc))
  return undefined
}

function fromText(type: ColumnType, text: string): Value | undefined {
  switch (type) {
    case 'date':
    case 'time':
    case 'date and time':
      return parseTemporal(type, text)
    case 'days and time duration':
    case 'years and months duration': {
      const duration = parseTemporal('duration', text)
      return duration && kindOf(duration) === type ? duration : undefined
    }
    case 'any':
    case 'string':
    case 'number':
    case 'boolean':
      return undefined
  }
}
