import { zonedAt } from './civil.ts'

const longest = 60
const name = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/

/**
 * Names of places, and UTC. An offset such as `+02:00` is none, as it does not know when clocks change; nor is an
 * abbreviation such as `IST`, which several places use.
 */
export function isZone(zone: string): boolean {
  if (zone.length > longest || !name.test(zone)) return false
  try {
    return zonedAt(zone, 0).timeZoneId !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
