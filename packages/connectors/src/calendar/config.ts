import { isZone, openingHours } from '@copse/time'
import { z } from 'zod'

const minutes = (what: string, least: number, most: number) =>
  z
    .int({ error: `${what} must be a whole number of minutes, from ${least} to ${most}.` })
    .min(least)
    .max(most)

const zone = z.string().refine(isZone, 'not an IANA time zone, e.g. Europe/Madrid')

const resource = z.strictObject({
  /** What calls say: a person, a chair, a room. */
  name: z.string().trim().min(1).max(60),
  /** Default: those of the calendar. */
  hours: openingHours.optional(),
})

/** What a calendar says of itself. Lengths are minutes, times are local to `timeZone`. */
export const calendarConfig = z.strictObject({
  /** Default: the tenant's. */
  timeZone: zone.optional(),
  /** When somebody can be booked. Default: the tenant's opening hours, less its holidays. */
  hours: openingHours.optional(),
  /** What can be booked, each once at a time. Without any there is one. */
  resources: z
    .array(resource)
    .max(100, '`resources` has more than 100 entries.')
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'two resources have the same name')
    .default([]),
  /** How long an appointment is when the call does not say. */
  durationMin: minutes('`durationMin`', 1, 1440).default(30),
  /** From one slot to the next, counted from each opening. Default: `durationMin`. */
  stepMin: minutes('`stepMin`', 1, 1440).optional(),
  /** Kept free before and after each appointment. */
  bufferBeforeMin: minutes('`bufferBeforeMin`', 0, 1440).default(0),
  bufferAfterMin: minutes('`bufferAfterMin`', 0, 1440).default(0),
  /** Nobody books or moves to a slot that begins sooner. */
  noticeMin: minutes('`noticeMin`', 0, 60 * 24 * 90).default(60),
  /** The last day that can be booked, counted from today, which is 0. */
  horizonDays: z.int().min(0).max(365).default(60),
  /** From when on the wall a slot counts as afternoon. */
  afternoonFrom: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day as HH:MM, e.g. 14:00')
    .default('14:00'),
  /** How many appointments one contact may have ahead. */
  maxPerContact: z.int().min(1).max(1000).default(5),
  /** Of titles and messages. Default: the tenant's first. */
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'not a language, e.g. en or es')
    .optional(),
})
export type CalendarConfig = z.infer<typeof calendarConfig>

/** Of older files: what a mock does not need is left out, and the rest is said in today's words. */
function inTodaysWords(config: unknown): unknown {
  if (config === null || typeof config !== 'object') return config
  const {
    timezone,
    schedule,
    slot_duration_min: durationMin,
    lookahead_days_client: horizonDays,
    lookahead_days_manual: _manual,
    calendar_id: _calendar,
    credentials_path: _credentials,
    ...rest
  } = config as Record<string, unknown>
  return {
    ...(timezone === undefined ? {} : { timeZone: timezone }),
    ...(durationMin === undefined ? {} : { durationMin }),
    ...(horizonDays === undefined ? {} : { horizonDays }),
    ...(schedule === undefined ? {} : { hours: { week: weekOf(schedule) } }),
    ...rest,
  }
}

/** `{mon: ["10:00-14:00"]}` */
function weekOf(schedule: unknown): unknown {
  if (schedule === null || typeof schedule !== 'object') return schedule
  return Object.fromEntries(
    Object.entries(schedule).map(([day, shifts]) => [day, Array.isArray(shifts) ? shifts.map(spanOf) : shifts]),
  )
}

function spanOf(shift: unknown): unknown {
  if (typeof shift !== 'string') return shift
  const [from, to] = shift.split('-')
  return { from, to }
}

/** The same settings, and those that older files have for a calendar. */
export const mockConfig = z.preprocess(inTodaysWords, calendarConfig)
