import type { JsonObject } from '@copse/contracts'
import { isoAt } from '@copse/time'
import type { Appointment, Room } from './room.ts'
import type { Refusal } from './words.ts'

/** A *no* of the calendar, with a sentence for the customer. */
export const no = ({ words }: Room, code: Refusal, more: JsonObject = {}): JsonObject => {
  const message = words.say(code)
  return { found: false, ok: false, code, reason: message, message, ...more }
}

/** An appointment as results tell it. */
export const told = (room: Room, { id, resource, name, service, starts_at, ends_at }: Appointment): JsonObject => ({
  event_id: id,
  slot: isoAt(room.zone, starts_at),
  ends: isoAt(room.zone, ends_at),
  title: whenOf(room, starts_at),
  resource,
  ...(name === null ? {} : { contact_name: name }),
  ...(service === null ? {} : { service_key: service }),
})

export const whenOf = ({ zone, words }: Room, instant: number): string => words.when(isoAt(zone, instant))

/** Something to choose from. */
export interface Item {
  [key: string]: string
  id: string
  title: string
}

export const list = (items: readonly Item[]): JsonObject => ({ found: true, count: items.length, items: [...items] })
