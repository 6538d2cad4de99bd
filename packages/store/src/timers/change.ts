import { Fault, type TimerChange, type TimerSpec } from '@copse/contracts'
import type { Occurrence } from '@copse/time'
import type { Room } from '../room.ts'
import { scheduleOf } from './schedules.ts'

/** Whose inbox a timer fires into. */
export interface TimerOwner {
  contactId: string
  conversationId: string
  channel: string
  alias: string
}

/** Sets and cancels, inside whatever transaction is open. */
export interface TimerChanges {
  change(owner: TimerOwner, changes: readonly TimerChange[]): void
  cancel(key: string): void
  /** What a session waited for is over with it. */
  cancelOf(sessionId: string): void
}

export function createTimerChanges({ sql, clock }: Pick<Room, 'sql' | 'clock'>): TimerChanges {
  const waiting = (key: string, schedule: string | null, zone: string | null): Occurrence | undefined =>
    sql.get<Occurrence>(
      `SELECT due_at AS at, occurrence AS id FROM timers
       WHERE key = ? AND state = 'waiting' AND schedule = ? AND zone = ?`,
      [key, schedule, zone],
    )

  function set(owner: TimerOwner, { key, when, misfire, sessionId, data }: TimerSpec): void {
    const isRecurring = 'schedule' in when
    const schedule = isRecurring ? JSON.stringify(when.schedule) : null
    const zone = isRecurring ? when.zone : null
    // A schedule that is set again as it was goes on: what was missed meanwhile is still to be decided on.
    const { at, id } = isRecurring
      ? (waiting(key, schedule, zone) ?? firstOf(when.schedule, when.zone, clock.now()))
      : oneOff(when.at)
    sql.run(
      `INSERT INTO timers (key, contact_id, conversation_id, channel, alias, session_id, schedule, zone, misfire, data,
         due_at, occurrence, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
       ON CONFLICT (key) DO UPDATE SET contact_id = excluded.contact_id, conversation_id = excluded.conversation_id,
         channel = excluded.channel, alias = excluded.alias, session_id = excluded.session_id,
         misfire = excluded.misfire, data = excluded.data,
         due_at = excluded.due_at, occurrence = excluded.occurrence,
         schedule = excluded.schedule, zone = excluded.zone, state = 'waiting', late_ms = NULL, settled_at = NULL`,
      [
        key,
        owner.contactId,
        owner.conversationId,
        owner.channel,
        owner.alias,
        sessionId ?? null,
        schedule,
        zone,
        misfire === undefined ? '{}' : JSON.stringify(misfire),
        data === undefined ? '{}' : JSON.stringify(data),
        at,
        id,
      ],
    )
  }

  /** Also one that came due already, while its turn has not begun: whoever cancelled it was told that it does not come. */
  function cancel(key: string): void {
    sql.run(
      `UPDATE timers SET state = 'cancelled', settled_at = ? WHERE key = ? AND (state = 'waiting' OR state = 'fired'
         AND EXISTS (SELECT 1 FROM inbox i INDEXED BY inbox_pending WHERE i.contact_id = timers.contact_id
           AND i.state = 'pending' AND i.turn_id IS NULL AND json_extract(i.event, '$.data.key') = timers.key))`,
      [clock.now(), key],
    )
  }

  return {
    change(owner, changes) {
      for (const change of changes) {
        if ('set' in change) set(owner, change.set)
        else cancel(change.cancel)
      }
    },
    cancel,
    cancelOf(sessionId) {
      sql.run(`UPDATE timers SET state = 'cancelled', settled_at = ? WHERE session_id = ? AND state = 'waiting'`, [
        clock.now(),
        sessionId,
      ])
    },
  }
}

const latestDate = 8.64e15

function oneOff(at: number): Occurrence {
  if (!Number.isInteger(at) || at < 0 || at > latestDate)
    throw new Fault('internal', { detail: `A timer cannot be due at ${at}.` })
  return { at, id: new Date(at).toISOString() }
}

function firstOf(schedule: object, zone: string, now: number): Occurrence {
  const first = scheduleOf(JSON.stringify(schedule), zone).next(now)
  if (!first) throw new Fault('internal', { detail: `${JSON.stringify(schedule)} never comes.` })
  return first
}
