import type { JsonObject } from '@copse/contracts'
import { no } from './answers.ts'
import { offersOf, type Wanted } from './offers.ts'
import type { Room } from './room.ts'

const minuteMs = 60_000
const aroundMs = 7 * 86_400_000
const mostAlternatives = 3

/** What an appointment takes of its resource: itself and its buffers. */
export const busySpan = (
  { config }: Room,
  { start, end }: { start: number; end: number },
): { busy_from: number; busy_to: number } => ({
  busy_from: start - config.bufferBeforeMin * minuteMs,
  busy_to: end + config.bufferAfterMin * minuteMs,
})

/** The *no* to a slot that cannot be had, with those nearest to it that can. */
export function notOffered(room: Room, wanted: Omit<Wanted, 'from' | 'to'>, start: number): JsonObject {
  const nearest = offersOf(room, { ...wanted, from: start - aroundMs, to: start + aroundMs })
    .toSorted((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
    .slice(0, mostAlternatives)
    .toSorted((one, other) => one.start - other.start)
  const items = nearest.map(({ civil, iso }) => ({ id: iso, title: room.words.when(civil) }))
  const code = isTaken(room, wanted, start) ? 'slot_taken' : 'slot_unknown'
  return no(room, code, { alternatives: items })
}

function isTaken(room: Room, { durationMs, except = '' }: Omit<Wanted, 'from' | 'to'>, start: number): boolean {
  const { busy_from, busy_to } = busySpan(room, { start, end: start + durationMs })
  return (
    room.db
      .prepare(`SELECT 1 FROM appointments WHERE state = 'booked' AND busy_from < ? AND busy_to > ? AND id <> ?`)
      .get(busy_to, busy_from, except) !== undefined
  )
}
