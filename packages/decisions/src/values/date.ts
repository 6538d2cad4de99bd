import { twoDigits } from './number.ts'
import { civilOf, daysInMonth, daysOf, weekdayOf } from './calendar.ts'

const yearLimit = 999_999_999

/** A day in the calendar, without time or zone. */
export class CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Since 1970-01-01. */
  readonly days: number

  constructor(year: number, month: number, day: number) {
    this.year = year
    this.month = month
    this.day = day
    this.days = daysOf(year, month, day)
  }

  get weekday(): number {
    return weekdayOf(this.days)
  }

  toString(): string {
    const sign = this.year < 0 ? '-' : ''
    return `${sign}${String(Math.abs(this.year)).padStart(4, '0')}-${twoDigits(this.month)}-${twoDigits(this.day)}`
  }
}

/** Undefined when there is no such day. */
export function dateFrom(year: number, month: number, day: number): CalendarDate | undefined {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > yearLimit) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return new CalendarDate(year, month, day)
}

/** Undefined outside the years that FEEL knows. */
export function dateFromDays(days: number): CalendarDate | undefined {
  if (!Number.isInteger(days) || Math.abs(days) > yearLimit * 366) return undefined
  const { year, month, day } = civilOf(days)
  return dateFrom(year, month, day)
}

/** A day that the target month does not have becomes its last. */
export function plusMonths(date: CalendarDate, months: number): CalendarDate | undefined {
  const month = date.year * 12 + date.month - 1 + months
  const year = Math.floor(month / 12)
  const monthOfYear = month - year * 12 + 1
  return dateFrom(year, monthOfYear, Math.min(date.day, daysInMonth(year, monthOfYear)))
}

const isoDate = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)$/

export function parseDate(text: string): CalendarDate | undefined {
  const found = text.length > 20 ? null : isoDate.exec(text)
  if (!found) return undefined
  const year = Number(found[2])
  return dateFrom(found[1] === '-' ? -year : year, Number(found[3]), Number(found[4]))
}
