import {
  Fault,
  outcomeOfAnswer,
  randomIds,
  systemClock,
  type Clock,
  type Connector,
  type Ids,
  type JsonObject,
  type OperationManifest,
  type OperationOutcome,
} from '@copse/contracts'
import type { OpeningHours } from '@copse/time'
import Database from 'better-sqlite3'
import { no } from './answers.ts'
import { Refused } from './arguments.ts'
import { book } from './book.ts'
import { cancel } from './cancel.ts'
import type { CalendarConfig } from './config.ts'
import { openDatabase } from './database.ts'
import { findAppointments, listAppointments } from './list-appointments.ts'
import { listDays, listSlots, listSlotsOfDay } from './list-slots.ts'
import { findCall, once } from './once.ts'
import { calendarOperations } from './operations.ts'
import { reschedule } from './reschedule.ts'
import type { Room } from './room.ts'
import { wordsOf } from './words.ts'

export interface CalendarOptions {
  name: string
  config: CalendarConfig
  /** Its SQLite file, or `:memory:`. */
  file: string
  /** The tenant's, for what the config does not say. */
  timeZone: string
  hours: OpeningHours
  language: string
  clock?: Clock | undefined
  ids?: Ids
  /** Tests only: stops at named points of a write. */
  probe?: Room['probe']
}

const keptMs = 730 * 86_400_000

const reads: Record<string, (room: Room, args: JsonObject) => JsonObject> = {
  list_slots: listSlots,
  get_available_days: listDays,
  get_slots_for_day: listSlotsOfDay,
  find_appointments: findAppointments,
  get_future_appointments: listAppointments,
  find_booking_of_key: findCall,
}
const writes: typeof reads = { book_appointment: book, cancel_event: cancel, reschedule_event: reschedule }

/** A calendar on an SQLite file of its own. */
export function createCalendar(options: CalendarOptions): Connector {
  const room = openRoom(options)
  const { db } = room
  return {
    name: options.name,
    operations: calendarOperations(),
    async call({ operation, args, idempotencyKey }) {
      return outcome(operation, () => perform(room, operation, args, idempotencyKey))
    },
    async close() {
      db.close()
    },
  }
}

function openRoom({ config, file, timeZone, hours, language, ...rest }: CalendarOptions): Room {
  const { clock = systemClock, ids = randomIds, probe = () => {} } = rest
  const zone = config.timeZone ?? timeZone
  const own = config.hours ?? hours
  const resources = config.resources.map((resource) => ({ name: resource.name, hours: resource.hours ?? own }))
  const db = openDatabase(file)
  db.prepare('DELETE FROM appointments WHERE ends_at < ?').run(clock.now() - keptMs)
  return {
    db,
    config,
    zone,
    resources: resources.length > 0 ? resources : [{ name: '', hours: own }],
    words: wordsOf(config.language ?? language),
    clock,
    ids,
    probe,
  }
}

function perform(room: Room, { name }: OperationManifest, args: JsonObject, key: string): JsonObject {
  const [read, write] = [reads[name], writes[name]]
  if (!read && !write) throw new Fault('operation_unknown', { detail: `The calendar does not offer ${name}.` })
  try {
    return read ? read(room, args) : once(room, key, { operation: name, args }, write!)
  } catch (error) {
    if (error instanceof Refused) return no(room, error.code, { reason: error.message })
    throw error
  }
}

/** Full or locked, SQLite undid it all; whether anything else was written, nobody knows. */
const undone = /^SQLITE_(FULL|BUSY|READONLY|CANTOPEN)/

function outcome({ effect }: OperationManifest, answer: () => JsonObject): OperationOutcome {
  try {
    return outcomeOfAnswer(answer())
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.code === 'SQLITE_ERROR') throw error
    const status = effect === 'read' || undone.test(error.code) ? 'unavailable' : 'uncertain'
    return { status, code: 'storage_failed', reason: `The calendar could not be reached (${error.code}).` }
  }
}
