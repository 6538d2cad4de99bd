import type { JsonObject } from '@copse/contracts'
import { dateAt, instantAt, Temporal } from '@copse/time'
import { list, no, type Item } from './answers.ts'
import { countOf, dateOf, durationOf, periodOf, resourcesOf } from './arguments.ts'
import { offersOf, type Offer } from './offers.ts'
import type { Room } from './room.ts'

const usualLimit = 10
const mostItems = 100

export function listSlots(room: Room, args: JsonObject): JsonObject {
  const limit = countOf(args, 'limit', mostItems) ?? usualLimit
  const offers = offersFrom(room, args, 'duration_min').slice(0, limit)
  return offers.length === 0 ? no(room, 'no_slots') : list(offers.map((offer) => item(room, offer)))
}

export function listDays(room: Room, args: JsonObject): JsonObject {
  const days = new Set(offersFrom(room, args, 'service_duration_min').map(({ civil }) => civil.slice(0, 10)))
  return list([...days].map((id) => ({ id, title: room.words.day(id) })))
}

export function listSlotsOfDay(room: Room, args: JsonObject): JsonObject {
  const from_date = dateOf(args, 'date_str') ?? ''
  const offers = offersFrom(room, { ...args, from_date, lookahead_days: 1 }, 'service_duration_min')
  return list(offers.map((offer) => ({ ...item(room, offer), title: offer.civil.slice(11) })))
}

/** Slots from the first day on, as the arguments narrow them. */
function offersFrom(room: Room, args: JsonObject, length: string): Offer[] {
  const { zone } = room
  const now = room.clock.now()
  const first = dateOf(args, 'from_date') ?? dateAt(zone, now)
  const days = countOf(args, 'lookahead_days', 366)
  const dayStart = (ahead: number): number =>
    instantAt(zone, `${Temporal.PlainDate.from(first).add({ days: ahead }).toString()}T00:00`)
  const isWanted = periodOf(room, args)
  return offersOf(room, {
    resources: resourcesOf(room, args),
    durationMs: durationOf(room, args, length),
    from: dayStart(0),
    to: days === undefined ? Infinity : dayStart(days),
    now,
  }).filter(({ civil }) => isWanted(civil))
}

const item = ({ words }: Room, { civil, iso }: Offer): Item => ({ id: iso, title: words.when(civil) })
