import { twoDigits } from './number.ts'
import { parseZone, zoneSuffix, type Zone } from './zone.ts'

export const nanosPerSecond = 1e9
export const nanosPerDay = 86_400 * nanosPerSecond

/** A time of day, on a clock whose zone may be known. */
export class ClockTime {
  /** Since midnight. */
  readonly nanos: number
  readonly zone: Zone | null

  constructor(nanos: number, zone: Zone | null) {
    this.nanos = nanos
    this.zone = zone
  }

  get hour(): number {
    return Math.floor(this.nanos / (3600 * nanosPerSecond))
  }

  get minute(): number {
    return Math.floor(this.nanos / (60 * nanosPerSecond)) % 60
  }

  /** With its fraction. */
  get second(): number {
    return (this.nanos % (60 * nanosPerSecond)) / nanosPerSecond
  }

  get secondOfDay(): number {
    return Math.floor(this.nanos / nanosPerSecond)
  }

  toString(): string {
    const fraction = this.nanos % nanosPerSecond
    const digits = fraction === 0 ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`
    const clock = `${twoDigits(this.hour)}:${twoDigits(this.minute)}:${twoDigits(Math.floor(this.second))}${digits}`
    return this.zone ? clock + zoneSuffix(this.zone) : clock
  }
}

/** Seconds may have a fraction, of which nanoseconds are kept. Undefined when no clock shows this. */
export function timeFrom(hour: number, minute: number, second: number, zone: Zone | null): ClockTime | undefined {
  if (!Number.isInteger(hour) || !Number.isInteger(minute) || !Number.isFinite(second)) return undefined
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second >= 60) return undefined
  return new ClockTime((hour * 3600 + minute * 60) * nanosPerSecond + Math.round(second * nanosPerSecond), zone)
}

const isoTime = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,40}))?((?:Z|[+-]\d\d:\d\d(?::\d\d)?|@\S+)?)$/i

export function parseTime(text: string): ClockTime | undefined {
  const found = text.length > 120 ? null : isoTime.exec(text)
  if (!found) return undefined
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const zone = parseZone(found[5] ?? '')
  if (zone === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  const fraction = Number((found[4] ?? '').slice(0, 9).padEnd(9, '0'))
  return new ClockTime((hour * 3600 + minute * 60 + second) * nanosPerSecond + fraction, zone)
}
