import type { JsonObject } from '@copse/contracts'
import { no, told, whenOf } from './answers.ts'
import { durationOf, instantOf, neededText, resourcesOf, textOf } from './arguments.ts'
import { ahead } from './list-appointments.ts'
import { offersOf } from './offers.ts'
import type { Appointment, Room } from './room.ts'
import { busySpan, notOffered } from './taken.ts'

export function book(room: Room, args: JsonObject): JsonObject {
  const now = room.clock.now()
  const contact = neededText(args, 'contact_id')
  const start = instantOf(room, args, 'slot')
  const wanted = { resources: resourcesOf(room, args), durationMs: durationOf(room, args, 'duration_min'), now }
  const name = textOf(args, 'contact_name') ?? null
  const service = textOf(args, 'service_key') ?? null

  const own = ahead(room, contact, now)
  const same = own.find(
    (each) =>
      each.starts_at === start &&
      each.name === name &&
      each.service === service &&
      wanted.resources.some((resource) => resource.name === each.resource),
  )
  // Asked once more, in other words or by another tap: nobody comes twice at the same time.
  if (same) return { ...booked(room, same), repeated: true }
  if (own.length >= room.config.maxPerContact) return no(room, 'too_many')

  const offer = offersOf(room, { ...wanted, from: start, to: start + 1 })[0]
  const resource = offer?.resources[0]
  if (!offer || resource === undefined) return notOffered(room, wanted, start)
  const appointment: Appointment = {
    id: room.ids.newId(),
    resource,
    contact,
    name,
    service,
    starts_at: offer.start,
    ends_at: offer.end,
    ...busySpan(room, offer),
    state: 'booked',
  }
  room.db
    .prepare(
      `INSERT INTO appointments (id, resource, contact, name, service, starts_at, ends_at, busy_from, busy_to, state)
       VALUES (@id, @resource, @contact, @name, @service, @starts_at, @ends_at, @busy_from, @busy_to, @state)`,
    )
    .run(appointment)
  return booked(room, appointment)
}

const booked = (room: Room, appointment: Appointment): JsonObject => ({
  ok: true,
  ...told(room, appointment),
  message: room.words.say('booked', whenOf(room, appointment.starts_at)),
})
