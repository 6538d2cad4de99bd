const longest = 60
const name = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/

/** Names of places and UTC. An offset such as `+02:00` is none: it does not know when clocks change. */
export function isZone(zone: string): boolean {
  if (zone.length > longest || !name.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
