import { CalendarDate, dateFromDays, parseDate } from './date.ts'
import { ClockTime, nanosPerDay, nanosPerSecond, parseTime } from './time.ts'
import { offsetOf, utc } from './zone.ts'

/** FEEL's "date and time". Without a zone it is what a calendar and a clock on the wall say. */
export class Moment {
  readonly date: CalendarDate
  readonly time: ClockTime

  constructor(date: CalendarDate, time: ClockTime) {
    this.date = date
    this.time = time
  }

  toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`
  }
}

export function parseMoment(text: string): Moment | undefined {
  const cut = text.indexOf('T')
  if (cut < 0) return undefined
  const date = parseDate(text.slice(0, cut))
  const time = parseTime(text.slice(cut + 1))
  return date && time && new Moment(date, time)
}

/** A point on a line of days and nanoseconds of a day, which doubles can hold where one count of nanoseconds cannot. */
export interface Point {
  days: number
  nanos: number
}

/** Carries nanoseconds below 0 and beyond a day over into days. */
export function normalized(days: number, nanos: number): Point {
  const carried = Math.floor(nanos / nanosPerDay)
  return { days: days + carried, nanos: nanos - carried * nanosPerDay }
}

/** In UTC where the zone is known, else on the wall. */
export function pointOf({ date, time }: Moment): Point {
  if (!time.zone) return { days: date.days, nanos: time.nanos }
  return normalized(date.days, time.nanos - offsetOf(time.zone, date.days, time.secondOfDay) * nanosPerSecond)
}

/** What the calendar and the clock of the zone show at a point in UTC. */
export function momentAt(point: Point, like: Moment): Moment | undefined {
  const { zone } = like.time
  const guessS = zone ? offsetOf(zone, point.days, Math.floor(point.nanos / nanosPerSecond)) : 0
  const guess = normalized(point.days, point.nanos + guessS * nanosPerSecond)
  const offsetS = zone ? offsetOf(zone, guess.days, Math.floor(guess.nanos / nanosPerSecond)) : 0
  const wall = normalized(point.days, point.nanos + offsetS * nanosPerSecond)
  const date = dateFromDays(wall.days)
  return date && new Moment(date, new ClockTime(wall.nanos, zone))
}

/** Epoch milliseconds to a moment in UTC. */
export function momentFromEpochMs(epochMs: number): Moment | undefined {
  const days = Math.floor(epochMs / 86_400_000)
  const date = dateFromDays(days)
  return date && new Moment(date, new ClockTime(Math.round((epochMs - days * 86_400_000) * 1e6), utc))
}
