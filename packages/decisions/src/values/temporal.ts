import type { TemporalType } from '../expression/expr.ts'
import { parseDate, type CalendarDate } from './date.ts'
import { parseDuration, type MonthSpan, type TimeSpan } from './duration.ts'
import { Moment, parseMoment } from './moment.ts'
import { ClockTime, parseTime } from './time.ts'

export type Temporal = CalendarDate | ClockTime | Moment | MonthSpan | TimeSpan

/** What `date("…")`, `time("…")`, `duration("…")` and `@"…"` stand for; undefined when the text is no such thing. */
export function parseTemporal(type: TemporalType, text: string): Temporal | undefined {
  switch (type) {
    case 'date':
      return parseDate(text)
    case 'time':
      return parseTime(text)
    case 'duration':
      return parseDuration(text)
    case 'date and time': {
      const date = parseMoment(text) ?? parseDate(text)
      return date && !(date instanceof Moment) ? new Moment(date, new ClockTime(0, null)) : date
    }
    case '@':
      return parseDate(text) ?? parseMoment(text) ?? parseTime(text) ?? parseDuration(text)
  }
}

const examples: Record<TemporalType, string> = {
  date: 'date("2026-01-31")',
  time: 'time("18:30:00")',
  'date and time': 'date and time("2026-01-31T18:30:00")',
  duration: 'duration("P3D") or duration("P1Y6M")',
  '@': '@"2026-01-31"',
}

export const exampleOf = (type: TemporalType): string => examples[type]
