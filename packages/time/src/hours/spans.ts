import type { Temporal } from 'temporal-polyfill'
import { civilAt, instantAt } from '../zones/civil.ts'
import { weekdayOf } from '../fields/weekday.ts'
import type { OpeningHours } from './opening-hours.ts'

/** From the instant of opening up to that of closing, which is no longer open. */
export interface OpenSpan {
  opens: number
  closes: number
}

/** Nothing is looked for further ahead, so that a business that never opens has an answer: none. */
export const horizonDays = 731

/**
 * What is open after the instant, in order and without overlaps; the first may have begun before it. Spans that meet,
 * as two whole days do, stay two.
 */
export function* openSpans(hours: OpeningHours, zone: string, instant: number): Generator<OpenSpan> {
  // What began yesterday can last past midnight.
  let date = civilAt(zone, instant).toPlainDate().subtract({ days: 1 })
  let reached = -Infinity
  for (let day = 0; day <= horizonDays; day += 1) {
    for (const { from, to } of spansOn(hours, date)) {
      const opens = Math.max(instantAt(zone, `${date.toString()}T${from}`), reached)
      const closes = instantAt(zone, endOf(date, from, to))
      if (closes <= opens) continue
      reached = closes
      if (closes > instant) yield { opens, closes }
    }
    date = date.add({ days: 1 })
  }
}

function endOf(date: Temporal.PlainDate, from: string, to: string): string {
  if (to === '24:00') return `${date.add({ days: 1 }).toString()}T00:00`
  return `${(to > from ? date : date.add({ days: 1 })).toString()}T${to}`
}

function spansOn({ week, exceptions, closures }: OpeningHours, date: Temporal.PlainDate) {
  const day = date.toString()
  const exception = exceptions[day]
  if (exception === 'closed') return []
  const spans =
    exception ?? (closures.some(({ from, to }) => from <= day && day <= to) ? [] : (week[weekdayOf(date)] ?? []))
  return spans.toSorted((one, other) => (one.from < other.from ? -1 : 1))
}
