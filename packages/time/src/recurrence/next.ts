import type { Temporal } from 'temporal-polyfill'
import { civilAt, instantAt, offsetAt, zonedAt } from '../zones/civil.ts'
import { calendarTimes } from './calendar.ts'
import type { CivilTimes } from './civil-times.ts'
import { cronTimes } from './cron.ts'
import { intervalOf, type Schedule } from './schedule.ts'

export interface Occurrence {
  /**
   * The time it was scheduled for, which is not always the time it comes at: whoever keeps ids does not fire twice,
   * through restarts, clock changes and new rules of a zone.
   */
  id: string
  at: number
}

/** The first strictly after the instant. */
export type Next = (instant: number) => Occurrence | undefined

/** Cron is not looked for beyond the year 2999, so nothing is. */
const lastInstant = Date.UTC(3_000, 0, 1) - 1

export function nextOf(schedule: Schedule, zone: string): Next {
  const find = finder(schedule, zone)
  return (instant) => {
    const found = instant < lastInstant ? find(instant) : undefined
    return found !== undefined && found.at <= lastInstant ? found : undefined
  }
}

function finder(schedule: Schedule, zone: string): Next {
  if ('every' in schedule) return elapsed(intervalOf(schedule.every))
  const times = 'cron' in schedule ? cronTimes(schedule.cron) : calendarTimes(schedule)
  return times.everyHour ? hourly(times, zone) : onTheWall(times, zone)
}

/** Elapsed time knows no zone, and neither do the ids. */
const elapsed =
  (intervalMs = Number.NaN): Next =>
  (instant) => {
    const at = (Math.floor(instant / intervalMs) + 1) * intervalMs
    return at > instant && at <= lastInstant ? { id: new Date(at).toISOString(), at } : undefined
  }

/** A time that is skipped comes at the end of the gap, together with others skipped there; a repeated one comes once. */
const onTheWall =
  (times: CivilTimes, zone: string): Next =>
  (instant) => {
    const now = zonedAt(zone, instant)
    // In the second pass of a repeated hour, what the clock shows next was there before.
    for (let civil = times.next(now.toPlainDateTime()); civil !== undefined; civil = times.next(civil)) {
      const at = instantAt(zone, civil)
      if (at > instant) return { id: `${textOf(civil)}[${now.timeZoneId}]`, at }
    }
    return undefined
  }

/**
 * Every hour that elapses, so both passes of a repeated hour, told apart by their offset; an hour that is skipped did
 * not elapse. Between two changes of the clock the offset is fixed.
 */
const hourly =
  (times: CivilTimes, zone: string): Next =>
  (instant) => {
    let from = zonedAt(zone, instant)
    let after = from.toPlainDateTime()
    for (;;) {
      const civil = times.next(after)
      if (civil === undefined) return undefined
      const at = instantAt('UTC', civil) - offsetAt(from)
      const change = from.getTimeZoneTransition('next')
      if (change === null || at < change.epochMilliseconds)
        return { id: `${textOf(civil)}${from.offset}[${from.timeZoneId}]`, at }
      from = change
      // The instant of the change itself can be an occurrence.
      after = civilAt(zone, change.epochMilliseconds).subtract({ milliseconds: 1 })
    }
  }

const textOf = (civil: Temporal.PlainDateTime): string => civil.toString({ smallestUnit: 'minute' })
