import { twoDigits } from './number.ts'

/** A UTC offset, or a place whose offset depends on the day. */
export interface Zone {
  /** `Z`, `+02:00`, `Europe/Paris`. */
  readonly name: string
  /** Undefined for a place. */
  readonly offsetS: number | undefined
}

export const utc: Zone = { name: 'Z', offsetS: 0 }

const maxOffsetS = 18 * 3600
const offset = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/
const place = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/

/** The suffix of a time: empty, `Z`, `+02:00`, `@Europe/Paris`. Undefined when it is no zone, null when there is none. */
export function parseZone(suffix: string): Zone | null | undefined {
  if (suffix === '') return null
  if (suffix === 'Z' || suffix === 'z') return utc
  if (suffix.startsWith('@')) return placeZone(suffix.slice(1))
  const found = offset.exec(suffix)
  if (!found) return undefined
  const [hours, minutes, seconds] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)]
  if (minutes > 59 || seconds > 59) return undefined
  return zoneFromOffset((found[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds))
}

export function zoneFromOffset(offsetS: number): Zone | undefined {
  if (!Number.isInteger(offsetS) || Math.abs(offsetS) > maxOffsetS) return undefined
  if (offsetS === 0) return utc
  const size = Math.abs(offsetS)
  const seconds = size % 60 === 0 ? '' : `:${twoDigits(size % 60)}`
  const name = `${offsetS < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 3600))}:${twoDigits(Math.floor(size / 60) % 60)}${seconds}`
  return { name, offsetS }
}

export const zoneSuffix = (zone: Zone): string => (zone.offsetS === undefined ? `@${zone.name}` : zone.name)

/** There are some 600 names, in spellings of upper and lower case: hostile data must not fill the memory with them. */
const mostFormats = 100
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(name)
  if (known) return known
  if (name.length > 60 || !place.test(name)) return undefined
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    if (formats.size >= mostFormats) formats.clear()
    formats.set(name, format)
    return format
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function placeZone(name: string): Zone | undefined {
  return formatOf(name) ? { name, offsetS: undefined } : undefined
}

const dayS = 86_400
const longOffset = /([+-])(\d\d):(\d\d)(?::(\d\d))?/

function offsetAt(format: Intl.DateTimeFormat, epochS: number): number {
  const name = format.formatToParts(epochS * 1000).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const found = longOffset.exec(name)
  if (!found) return 0
  const size = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0)
  return found[1] === '-' ? -size : size
}

/**
 * What clocks in the zone are ahead of UTC, in seconds, when they show `secondOfDay` on the day. In the hour that a
 * clock change skips or repeats, the offset from before the change. Days beyond JavaScript's calendar take the rules of
 * a year within it.
 */
export function offsetOf(zone: Zone, days: number, secondOfDay: number): number {
  if (zone.offsetS !== undefined) return zone.offsetS
  const format = formatOf(zone.name)
  if (!format) return 0
  const eras = Math.abs(days) > 90_000_000 ? Math.trunc(days / 146_097) : 0
  const wallS = (days - eras * 146_097) * dayS + secondOfDay
  const before = offsetAt(format, wallS - offsetAt(format, wallS - dayS))
  const after = offsetAt(format, wallS - offsetAt(format, wallS + dayS))
  if (offsetAt(format, wallS - before) === before) return before
  return offsetAt(format, wallS - after) === after ? after : before
}
