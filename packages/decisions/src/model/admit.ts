import type { TemporalType } from '../expression/expr.ts'
import { parseTemporal } from '../values/temporal.ts'
import type { Value } from '../values/value.ts'

const readAs: Record<string, TemporalType> = {
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  dateTime: 'date and time',
  'days and time duration': 'duration',
  dayTimeDuration: 'duration',
  'years and months duration': 'duration',
  yearMonthDuration: 'duration',
}

/** JSON has no dates, times and durations: where one of FEEL's types asks for them, text is read as such. */
export function admitted(type: string, value: Value): Value | undefined {
  const temporal = typeof value === 'string' && Object.hasOwn(readAs, type) ? readAs[type] : undefined
  return temporal && typeof value === 'string' ? parseTemporal(temporal, value) : undefined
}
