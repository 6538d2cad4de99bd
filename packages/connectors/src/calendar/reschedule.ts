import type { JsonObject } from '@copse/contracts'
import { no, told, whenOf } from './answers.ts'
import { instantOf, resourcesOf } from './arguments.ts'
import { ownAppointment } from './list-appointments.ts'
import { offersOf } from './offers.ts'
import type { Appointment, Room } from './room.ts'
import { busySpan, notOffered } from './taken.ts'

/** It lasts as long as before, and stays with whom it was when they are free then. */
export function reschedule(room: Room, args: JsonObject): JsonObject {
  const now = room.clock.now()
  const start = instantOf(room, args, 'slot')
  const resources = resourcesOf(room, args)
  const appointment = ownAppointment(room, args)
  if (!appointment || appointment.state === 'cancelled') return no(room, 'not_found')
  if (appointment.starts_at <= now) return no(room, 'over')
  const stays = resources.some(({ name }) => name === appointment.resource)
  if (appointment.starts_at === start && stays) return { ...moved(room, appointment), repeated: true }

  const durationMs = appointment.ends_at - appointment.starts_at
  const wanted = { resources, durationMs, now, except: appointment.id }
  const offer = offersOf(room, { ...wanted, from: start, to: start + 1 })[0]
  const resource = offer?.resources.find((name) => name === appointment.resource) ?? offer?.resources[0]
  if (!offer || resource === undefined) return notOffered(room, wanted, start)
  const changed = { ...appointment, resource, starts_at: offer.start, ends_at: offer.end, ...busySpan(room, offer) }
  room.db
    .prepare(
      `UPDATE appointments SET resource = @resource, starts_at = @starts_at, ends_at = @ends_at,
         busy_from = @busy_from, busy_to = @busy_to WHERE id = @id`,
    )
    .run(changed)
  return moved(room, changed)
}

const moved = (room: Room, appointment: Appointment): JsonObject => ({
  ok: true,
  ...told(room, appointment),
  message: room.words.say('moved', whenOf(room, appointment.starts_at)),
})
