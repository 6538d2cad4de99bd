import { z } from 'zod'
import { parseDuration } from '../duration.ts'
import { sentence } from '../fields/sentences.ts'
import { timeOfDay } from '../fields/time-of-day.ts'
import { weekday } from '../fields/weekday.ts'
import { cronFault } from './cron.ts'

/** Nothing recurs more often: a customer must not be written to every second, nor the store woken. */
const leastMs = 60_000

const cron = z
  .string({ error: '`cron` must be a text of five fields, e.g. 0 9 * * 1-5.' })
  .superRefine((text, context) => {
    const fault = cronFault(text)
    if (fault !== undefined) context.addIssue(fault)
  })

const notADuration = '`every` must be a duration such as 2h or 3 days, or whole milliseconds.'
const every = z
  .union([z.int(), z.string()], { error: notADuration })
  .refine((length) => intervalOf(length) !== undefined, { error: notADuration, abort: true })
  .refine((length) => (intervalOf(length) ?? 0) >= leastMs, '`every` must be a minute or more.')

const weekly = z.strictObject(
  {
    on: z
      .array(weekday, { error: '`on` must be a list of weekdays, e.g. [mon, thu].' })
      .min(1, '`on` names no weekday.'),
    at: timeOfDay('at'),
  },
  { error: sentence('`weekly`', ['on', 'at']) },
)

const dayOfMonth = '`on` must be a day of the month from 1 to 31.'
const monthly = z.strictObject(
  {
    on: z.int({ error: dayOfMonth }).min(1, dayOfMonth).max(31, dayOfMonth),
    at: timeOfDay('at'),
  },
  { error: sentence('`monthly`', ['on', 'at']) },
)

const rules = { cron, every, daily: timeOfDay('daily'), weekly, monthly }

/**
 * When something comes again. `daily`, `weekly`, `monthly` and `cron` mean the clock on the wall of the zone they are
 * asked about; in a month without the day, `monthly` comes on its last. `every` counts elapsed time from 1970 in UTC,
 * so that it needs no memory of when it began: every 2h comes at even hours of UTC.
 */
export type Schedule =
  | { cron: string }
  | { every: string | number }
  | { daily: string }
  | { weekly: z.infer<typeof weekly> }
  | { monthly: z.infer<typeof monthly> }

export const schedule = z
  .strictObject(rules, { error: sentence('A schedule', Object.keys(rules)) })
  .partial()
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, rule]) => rule !== undefined)))
  .refine(
    (given) => Object.keys(given).length === 1,
    'A schedule says exactly one of `cron`, `every`, `daily`, `weekly`, `monthly`.',
  )
  .transform((given) => given as Schedule)

export const intervalOf = (length: string | number): number | undefined =>
  typeof length === 'number' ? length : parseDuration(length)
