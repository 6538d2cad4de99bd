import type { JsonObject } from '@copse/contracts'
import { no, told, whenOf } from './answers.ts'
import { ownAppointment } from './list-appointments.ts'
import type { Room } from './room.ts'

export function cancel(room: Room, args: JsonObject): JsonObject {
  const appointment = ownAppointment(room, args)
  if (!appointment) return no(room, 'not_found')
  const answer = {
    ok: true,
    ...told(room, appointment),
    message: room.words.say('cancelled', whenOf(room, appointment.starts_at)),
  }
  if (appointment.state === 'cancelled') return { ...answer, repeated: true }
  if (appointment.starts_at <= room.clock.now()) return no(room, 'over')
  room.db.prepare(`UPDATE appointments SET state = 'cancelled' WHERE id = ?`).run(appointment.id)
  return answer
}
