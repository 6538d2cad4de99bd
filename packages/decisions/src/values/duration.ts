import { nanosPerDay, nanosPerSecond } from './time.ts'
import { normalized } from './moment.ts'

/** Beyond this a double no longer counts days or months one by one. */
const most = 1e15

/** Years and months: a length that depends on the day it is counted from. */
export class MonthSpan {
  readonly months: number

  constructor(months: number) {
    this.months = months
  }

  get years(): number {
    return Math.trunc(this.months / 12) + 0
  }

  toString(): string {
    const size = Math.abs(this.months)
    const years = Math.floor(size / 12)
    const months = size % 12
    const parts = `${years > 0 ? `${years}Y` : ''}${months > 0 ? `${months}M` : ''}`
    return `${this.months < 0 ? '-' : ''}P${parts || '0M'}`
  }
}

/** Days and time. `nanos` is at least 0 and less than a day, so minus one second is day -1 and 86399 seconds. */
export class TimeSpan {
  readonly days: number
  readonly nanos: number

  constructor(days: number, nanos: number) {
    this.days = days
    this.nanos = nanos
  }

  get isNegative(): boolean {
    return this.days < 0
  }

  get seconds(): number {
    return this.days * 86_400 + this.nanos / nanosPerSecond
  }

  /** Whole days, hours … without their sign, as they are written. */
  get parts(): { days: number; hours: number; minutes: number; seconds: number } {
    const { days, nanos } = this.isNegative ? normalized(-this.days, -this.nanos) : this
    const second = nanos / nanosPerSecond
    return {
      days,
      hours: Math.floor(second / 3600),
      minutes: Math.floor(second / 60) % 60,
      seconds: (nanos % (60 * nanosPerSecond)) / nanosPerSecond,
    }
  }

  toString(): string {
    const { days, hours, minutes, seconds } = this.parts
    const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${plain(seconds)}S` : ''}`
    const text = `${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`
    return `${this.isNegative ? '-' : ''}P${text || 'T0S'}`
  }
}

/** Without an exponent: at most nine digits behind the point. */
const plain = (seconds: number): string =>
  Number.isInteger(seconds) ? String(seconds) : seconds.toFixed(9).replace(/0+$/, '')

export const monthSpan = (months: number): MonthSpan | undefined =>
  Number.isFinite(months) && Math.abs(months) <= most ? new MonthSpan(Math.trunc(months) + 0) : undefined

export function timeSpan(days: number, nanos: number): TimeSpan | undefined {
  const point = normalized(Math.floor(days), Math.round(nanos + (days - Math.floor(days)) * nanosPerDay))
  return Math.abs(point.days) <= most ? new TimeSpan(point.days + 0, point.nanos) : undefined
}

const isoMonths = /^(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?$/
const isoTime = /^(-?)P(?:(\d{1,12})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{1,40})?)S)?)?$/

/** Either years and months or days and time; undefined for anything else, also for a mixture. */
export function parseDuration(text: string): MonthSpan | TimeSpan | undefined {
  if (text.length > 120 || text.endsWith('P') || text.endsWith('T')) return undefined
  const months = isoMonths.exec(text)
  if (months) {
    const size = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)
    return monthSpan(months[1] === '-' ? -size : size)
  }
  const found = isoTime.exec(text)
  if (!found) return undefined
  const sign = found[1] === '-' ? -1 : 1
  const seconds = Number(found[3] ?? 0) * 3600 + Number(found[4] ?? 0) * 60 + Number(found[5] ?? 0)
  const days = Math.floor(seconds / 86_400)
  return timeSpan(sign * (Number(found[2] ?? 0) + days), sign * (seconds - days * 86_400) * nanosPerSecond)
}
