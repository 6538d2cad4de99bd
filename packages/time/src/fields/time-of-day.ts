import { z } from 'zod'

/** HH:MM, so that texts compare as times do. */
export const timeOfDay = (field: string) =>
  text(field, /^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM, e.g. 09:00')

/** A time at which something ends, which can be the end of the day. */
export const endOfSpan = (field: string) =>
  text(field, /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day as HH:MM, e.g. 18:00, or 24:00')

export const calendarDate = (field: string) =>
  z.iso.date({ error: `\`${field}\` must be a day of the calendar as YYYY-MM-DD, e.g. 2026-12-24.` })

const text = (field: string, pattern: RegExp, what: string) =>
  z.string({ error: `\`${field}\` must be ${what}.` }).regex(pattern, `\`${field}\` must be ${what}.`)
