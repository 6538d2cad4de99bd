export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A moment or, when only the date is known, a whole day. Without an offset the text is taken as UTC. */
export interface IsoDate {
  instantMs: number
  /** Days since the epoch, UTC. */
  day: number
  wholeDay: boolean
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/i

/** Undefined for anything that is not a date in the calendar. */
export function isoDate(text: string): IsoDate | undefined {
  if (text.charCodeAt(4) !== 45 || text.length > 40) return undefined
  const found = iso.exec(text)
  if (!found) return undefined
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const midnightMs = Date.UTC(year, month - 1, date)
  const calendar = new Date(midnightMs)
  // Date.UTC rolls 31 February over, and reads the years 0 to 99 as 1900 to 1999.
  const exists = calendar.getUTCFullYear() === year && calendar.getUTCMonth() === month - 1
  if (!exists || calendar.getUTCDate() !== date || hours > 23 || minutes > 59 || seconds > 59) return undefined
  const fractionMs = found[7] === undefined ? 0 : Math.floor(Number(`0.${found[7]}`) * 1000)
  const offsetMs = (found[8] === '-' ? -1 : 1) * (Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0)) * 60_000
  const instantMs = midnightMs + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fractionMs - offsetMs
  return { instantMs, day: Math.floor(instantMs / dayMs), wholeDay: found[4] === undefined }
}

/** Negative, 0 or positive. A whole day equals every moment in it, so that `<= 2026-01-31` includes the 31st. */
export const compareDates = (a: IsoDate, b: IsoDate): number =>
  a.wholeDay || b.wholeDay ? a.day - b.day : a.instantMs - b.instantMs
