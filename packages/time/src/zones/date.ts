import { offsetAt, zonedAt } from './civil.ts'

interface Day {
  date: string
  from: number
  until: number
}

const dayMs = 86_400_000

/** Of each zone the day that was asked for last: every message asks, and thousands come in one. */
const last = new Map<string, Day>()

/** The date there at an instant: `2026-11-23`. */
export function dateAt(zone: string, instant: number): string {
  let day = last.get(zone)
  if (!day || instant < day.from || instant >= day.until) last.set(zone, (day = dayAt(zone, instant)))
  return day.date
}

/** As far as no clock is changed: where it is put back at midnight, one date comes twice. */
function dayAt(zone: string, instant: number): Day {
  const zoned = zonedAt(zone, instant)
  const begins = Math.floor((instant + offsetAt(zoned)) / dayMs) * dayMs - offsetAt(zoned)
  // One that happens now is not before now.
  const before = zonedAt(zone, instant + 1).getTimeZoneTransition('previous')
  const after = zoned.getTimeZoneTransition('next')
  return {
    date: zoned.toPlainDate().toString(),
    from: Math.max(begins, before?.epochMilliseconds ?? begins),
    until: Math.min(begins + dayMs, after?.epochMilliseconds ?? Infinity),
  }
}
