import type { Row } from './database.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export const isoTime = (ms: number): string => new Date(ms).toISOString()
export const isoDate = (ms: number): string => isoTime(ms).slice(0, 10)

/** Turns ages into times: `order_date_days_ago: 10` is an `order_date` ten days before `now`, whenever that is. */
export function dated(row: Row, now: number): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (column.endsWith('_days_ago'))
        return [column.slice(0, -9), value === null ? null : isoDate(now - Number(value) * dayMs)]
      if (column.endsWith('_minutes_ago'))
        return [column.slice(0, -12), value === null ? null : isoTime(now - Number(value) * minuteMs)]
      return [column, value]
    }),
  )
}

export const minutesIn = (days: number): number => (days * dayMs) / minuteMs
