import { z } from 'zod'
import { sentence } from '../fields/sentences.ts'
import { calendarDate, endOfSpan, timeOfDay } from '../fields/time-of-day.ts'
import { weekday } from '../fields/weekday.ts'

const span = z
  .strictObject({ from: timeOfDay('from'), to: endOfSpan('to') }, { error: sentence('A span', ['from', 'to']) })
  .refine(({ from, to }) => from !== to, '`from` and `to` are the same. Write 00:00 to 24:00 for the whole day.')

const spans = z
  .array(span, { error: 'Write a list of `from` and `to`, or an empty list for closed.' })
  .max(20, 'A day has at most 20 spans.')

const closure = z
  .strictObject(
    { from: calendarDate('from'), to: calendarDate('to') },
    { error: sentence('A closure', ['from', 'to']) },
  )
  .refine(({ from, to }) => from <= to, '`to` is before `from`. A closure lasts from its first day to its last.')

const exception = z.union([z.literal('closed'), spans], {
  error: 'An exception is `closed`, or a list of `from` and `to` as HH:MM.',
})

/**
 * When a business is open, in the civil time of its zone. A span that ends at or before it begins goes on past midnight
 * and belongs to the day on which it begins: Friday's night lasts into a Saturday that is closed. An exception decides
 * its date alone, also within a closure; a closure includes its last day.
 */
export const openingHours = z.strictObject(
  {
    week: z.partialRecord(weekday, spans, { error: sentence('`week`', weekday.options) }).default({}),
    exceptions: z
      .record(z.iso.date(), exception, {
        error: '`exceptions` are by day of the calendar as YYYY-MM-DD, e.g. 2026-12-24.',
      })
      .default({}),
    closures: z
      .array(closure, { error: '`closures` is a list of `from` and `to`, each a day as YYYY-MM-DD.' })
      .max(200, '`closures` has more than 200 entries. Leave out those that are over.')
      .default([]),
  },
  { error: sentence('`openingHours`', ['week', 'exceptions', 'closures']) },
)
export type OpeningHours = z.infer<typeof openingHours>
