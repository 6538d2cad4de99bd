import type { JsonObject } from '@copse/contracts'
import { list, no, whenOf } from './answers.ts'
import { neededText } from './arguments.ts'
import type { Appointment, Room } from './room.ts'

/** Those of one contact that are not over, in order. */
export const ahead = ({ db }: Room, contact: string, now: number): Appointment[] =>
  db
    .prepare<[string, number], Appointment>(
      `SELECT * FROM appointments WHERE state = 'booked' AND contact = ? AND ends_at > ? ORDER BY starts_at, id`,
    )
    .all(contact, now)

/** Of this contact and no other. */
export const ownAppointment = ({ db }: Room, args: JsonObject): Appointment | undefined =>
  db
    .prepare<[string, string], Appointment>('SELECT * FROM appointments WHERE id = ? AND contact = ?')
    .get(neededText(args, 'event_id'), neededText(args, 'contact_id'))

export function listAppointments(room: Room, args: JsonObject): JsonObject {
  const found = ahead(room, neededText(args, 'contact_id'), room.clock.now())
  return list(
    found.map(({ id, starts_at, service }) => ({
      id,
      title: whenOf(room, starts_at),
      ...(service === null ? {} : { description: service }),
    })),
  )
}

export function findAppointments(room: Room, args: JsonObject): JsonObject {
  const found = listAppointments(room, args)
  return found['count'] === 0 ? no(room, 'no_appointments') : found
}
