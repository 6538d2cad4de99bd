import * as fc from 'fast-check'
import { openingHours, type OpeningHours } from '../index.ts'
import { datesOf, minuteMs, reached, timeOfDay, weekdayName, type Minute } from './wall.ts'

const dayMs = 86_400_000
const span = fc
  .record({ from: timeOfDay, to: fc.oneof(timeOfDay, fc.constant('24:00')) })
  .filter((s) => s.from !== s.to)
const spans = fc.array(span, { maxLength: 3 })

/** Hours with an exception or a closure near a week that begins there. */
export const hoursFor = (from: number): fc.Arbitrary<OpeningHours> => {
  const date = fc.integer({ min: -1, max: 8 }).map((day) => new Date(from + day * dayMs).toISOString().slice(0, 10))
  const day = fc.option(spans, { nil: [] })
  return fc
    .record({
      week: fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
      exceptions: fc.dictionary(date, fc.oneof(fc.constant('closed' as const), spans), { maxKeys: 2 }),
      closures: fc.array(
        fc.tuple(date, date).map((dates) => ({ from: dates.sort()[0], to: dates.sort()[1] })),
        { maxLength: 1 },
      ),
    })
    .map((hours) => openingHours.parse({ ...hours, exceptions: { ...hours.exceptions } }))
}

/** The minutes at which it is open, found by looking at each. */
export function openMinutes(hours: OpeningHours, wall: readonly Minute[]): Set<number> {
  const open = new Set<number>()
  for (const date of datesOf(wall)) {
    const closed = hours.closures.some(({ from, to }) => from <= date && date <= to)
    const said = hours.exceptions[date] ?? (closed ? 'closed' : (hours.week[weekdayName(date)] ?? []))
    for (const { from, to } of said === 'closed' ? [] : said) {
      const after = new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10)
      const end = to === '24:00' ? `${after}T00:00` : `${to > from ? date : after}T${to}`
      const closes = Math.min(reached(wall, end), wall.at(-1)?.at ?? 0)
      for (let at = reached(wall, `${date}T${from}`); at < closes; at += minuteMs) open.add(at)
    }
  }
  return open
}
