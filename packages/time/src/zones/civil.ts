import { Temporal } from 'temporal-polyfill'

const dayMs = 86_400_000

export const zonedAt = (zone: string, instant: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(zone)

/** What the calendar and the clock on the wall show there. */
export const civilAt = (zone: string, instant: number): Temporal.PlainDateTime =>
  zonedAt(zone, instant).toPlainDateTime()

/**
 * The first instant at which calendar and clock there reach the civil time. So a time that a clock change skips is the
 * end of the gap, also where a whole day is skipped, and a time that comes twice is the first of the two.
 */
export function instantAt(zone: string, civil: Temporal.PlainDateTime | string): number {
  const wanted = Temporal.PlainDateTime.from(civil)
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds
  // In a gap, `earlier` is as far before the gap as the clock jumps.
  return (found.getTimeZoneTransition('next') ?? found).epochMilliseconds
}

/** Which day it is there at an instant, as days since 1970-01-01. */
export const dayOf =
  (zone: string) =>
  (instant: number): number =>
    Math.floor((instant + offsetAt(zonedAt(zone, instant))) / dayMs)

/** What its clock is ahead of UTC, ms. */
export const offsetAt = (zoned: Temporal.ZonedDateTime): number => zoned.offsetNanoseconds / 1_000_000

/** `2026-11-23T10:00+01:00`: what the wall shows there, and how far it is from UTC. */
export const isoAt = (zone: string, instant: number): string =>
  zonedAt(zone, instant).toString({ smallestUnit: 'minute', timeZoneName: 'never' })
