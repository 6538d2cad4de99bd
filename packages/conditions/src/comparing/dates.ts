import type { Env } from '../condition.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Civil days are counted in the tenant's zone where there is one. */
export type Zone = Pick<Env, 'dayOf'>

/** A moment or, when only the date is known, a whole day. Without an offset a time of day is taken as UTC. */
export interface IsoDate {
  /** Of a whole day: its midnight in UTC. */
  instantMs: number
  wholeDay: boolean
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?$/i

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return year >= 100 && day >= 1 && day <= (month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0))
}

/** Undefined for anything that is not a date in the calendar. */
export function isoDate(text: string): IsoDate | undefined {
  if (text.charCodeAt(4) !== 45 || text.length > 40) return undefined
  const found = iso.exec(text)
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  if (!isDay(year, month, day)) return undefined
  const midnightMs = Date.UTC(year, month - 1, day)
  if (found[4] === undefined) return { instantMs: midnightMs, wholeDay: true }
  const fractionMs = found[7] === undefined ? 0 : Number(found[7].slice(0, 3).padEnd(3, '0'))
  const timeMs = Number(found[4]) * hourMs + Number(found[5]) * minuteMs + Number(found[6] ?? 0) * 1000 + fractionMs
  const offsetMs = Number(found[9] ?? 0) * hourMs + Number(found[10] ?? 0) * minuteMs
  return { instantMs: midnightMs + timeMs - (found[8] === '-' ? -offsetMs : offsetMs), wholeDay: false }
}

/** Days since the epoch: the day on the calendar at that moment. */
export const dayAt = (instantMs: number, { dayOf }: Zone): number =>
  dayOf === undefined ? Math.floor(instantMs / dayMs) : dayOf(instantMs)

/** A whole day is the same day in every zone. */
export const dayNumber = (date: IsoDate, zone: Zone): number =>
  date.wholeDay ? date.instantMs / dayMs : dayAt(date.instantMs, zone)

/** The first moment of a day. Where clocks skip midnight that is the first one after it. */
export function startOfDay(day: number, zone: Zone): number {
  if (zone.dayOf === undefined) return day * dayMs
  // No zone was ever a whole day away from UTC.
  let [before, atOrAfter] = [(day - 1) * dayMs, (day + 1) * dayMs]
  while (atOrAfter - before > 1) {
    const middle = Math.floor((before + atOrAfter) / 2)
    if (zone.dayOf(middle) >= day) atOrAfter = middle
    else before = middle
  }
  return atOrAfter
}

/** Negative, 0 or positive. A whole day equals every moment in it, so that `<= 2026-01-31` includes the 31st. */
export const compareDates = (a: IsoDate, b: IsoDate, zone: Zone): number =>
  a.wholeDay || b.wholeDay ? dayNumber(a, zone) - dayNumber(b, zone) : a.instantMs - b.instantMs
