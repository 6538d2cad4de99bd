import * as fc from 'fast-check'

/**
 * The clock on the wall, read off with nothing but `Intl`: what the room is held against. It is read each quarter of an
 * hour, at which these zones change their clocks, and counted on in between.
 */
export interface Minute {
  at: number
  /** `2026-03-29T02:30`, which compares as time does. */
  civil: string
}

export const minuteMs = 60_000
const dayMs = 86_400_000

export const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
] as const

/** So much is read before and after the week that is asked about. */
export const marginDays = 3

const weekAround = (iso: string): number => Date.parse(iso) - 3 * dayMs
const changes = [
  ['Europe/Berlin', '2026-03-29T00:00Z'],
  ['Europe/Berlin', '2026-10-25T00:00Z'],
  ['America/New_York', '2026-03-08T00:00Z'],
  ['America/New_York', '2026-11-01T00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T00:00Z'],
  ['Pacific/Apia', '2011-12-30T00:00Z'],
  ['Pacific/Apia', '2012-04-01T00:00Z'],
] as const

/** A week in one of the zones, often one in which its clock changes. */
export const week: fc.Arbitrary<{ zone: string; from: number; to: number }> = fc
  .oneof(
    fc.constantFrom(...changes).map(([zone, iso]) => ({ zone, from: weekAround(iso) })),
    fc.record({
      zone: fc.constantFrom(...zones),
      from: fc.integer({ min: Date.UTC(2000, 0) / dayMs, max: Date.UTC(2040, 0) / dayMs }).map((day) => day * dayMs),
    }),
  )
  .map(({ zone, from }) => ({ zone, from, to: from + 7 * dayMs }))

export function readWall(zone: string, from: number, to: number): Minute[] {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const minutes: Minute[] = []
  for (let quarter = from - marginDays * dayMs; quarter < to + marginDays * dayMs; quarter += 15 * minuteMs) {
    const civil = format.format(quarter).replace(' ', 'T')
    const minute = Number(civil.slice(-2))
    for (let more = 0; more < 15; more += 1)
      minutes.push({ at: quarter + more * minuteMs, civil: `${civil.slice(0, -2)}${twoDigits(minute + more)}` })
  }
  return minutes
}

/** When the wall first shows that or later. */
export const reached = (wall: readonly Minute[], civil: string): number =>
  wall.find((minute) => minute.civil >= civil)?.at ?? Infinity

/** The days of the calendar from the first on the wall to the last, also those that were skipped. */
export function datesOf(wall: readonly Minute[]): string[] {
  const [first, last] = [wall[0]?.civil ?? '', wall.at(-1)?.civil ?? '']
  const dates: string[] = []
  for (let day = Date.parse(first.slice(0, 10)); day <= Date.parse(last.slice(0, 10)); day += dayMs)
    dates.push(new Date(day).toISOString().slice(0, 10))
  return dates
}

export const weekdayName = (date: string) =>
  (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(date).getUTCDay()] ?? 'sun'

export const twoDigits = (number: number): string => String(number).padStart(2, '0')
export const timeOfDay = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 5, 15, 30, 45, 59) })
  .map(({ hour, minute }) => `${twoDigits(hour)}:${twoDigits(minute)}`)
