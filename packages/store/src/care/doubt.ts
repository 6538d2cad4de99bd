import { idleMs, type JsonObject } from '@copse/contracts'
import type { Room } from '../room.ts'
import type { Sql } from '../sql.ts'
import { readSchedule } from '../timers/schedules.ts'

/** What was set aside, in rows. */
export interface SetAside {
  messages: number
  sends: number
  timers: number
  effects: number
  notices: number
  /** Sessions that waited for one of the timers: they rest until their customer writes. */
  resting: string[]
}

const error = 'May have been done after the backup was taken.'

/**
 * Between the backup and now anything may have happened that these data do not know. Whatever was about to happen is
 * dead or uncertain, which a person sees and can redrive; what sessions begin from here on is for the ledger to doubt.
 */
export function doubt(sql: Sql, now: number): SetAside {
  // Who asked for something before the restore has asked again by the time that their session has idled out.
  sql.run('UPDATE meta SET restored_at = ?, doubt_until = ?', [now, now + idleMs])

  const unbegun = sql.all<{ id: number; contactId: string; conversationId: string }>(
    `SELECT id, contact_id AS contactId, conversation_id AS conversationId FROM inbox
     WHERE state = 'pending' AND (turn_id IS NULL OR turn_id IN (SELECT id FROM turns WHERE state = 'dead'))`,
  )
  for (const { id, contactId, conversationId } of unbegun) {
    const turnId = `restored ${now} ${id}`
    sql.run(
      `INSERT INTO turns (id, contact_id, conversation_id, now, seed, attempts, epoch, state)
       VALUES (?, ?, ?, ?, '', 0, 0, 'open')`,
      [turnId, contactId, conversationId, now],
    )
    sql.run('UPDATE inbox SET turn_id = ? WHERE id = ?', [turnId, id])
  }
  const messages = sql.run(`UPDATE inbox SET state = 'dead' WHERE state = 'pending'`).changes
  sql.run(
    `UPDATE turns SET state = 'dead', error = ?, settled_at = ?, reply = json_object('turnId', id,
       'conversationId', conversation_id, 'sessionId', session_id, 'status', 'none', 'intent', NULL, 'step', NULL,
       'messages', json('[]'), 'throughSeq', 0)
     WHERE state = 'open'`,
    [error, now],
  )
  const effects = sql.run(`UPDATE effects SET state = 'uncertain' WHERE state = 'intent'`).changes
  const sends = sql.run(
    `UPDATE outbox SET state = 'dead', error = ?, settled_at = ? WHERE state IN ('pending', 'sending')`,
    [error, now],
  ).changes
  const notices = sql.run(
    `UPDATE notices SET state = 'dead', error = ?, settled_at = ? WHERE state IN ('pending', 'sending')`,
    [error, now],
  ).changes
  return { messages, sends, ...passTimers(sql, now), effects, notices }
}

/**
 * What came due meanwhile may have come: a recurring timer goes on with its next time, one that waits for silence waits
 * anew, any other is skipped.
 */
function passTimers(sql: Sql, now: number): Pick<SetAside, 'timers' | 'resting'> {
  const due = sql.all<{ seq: number; schedule: string | null; zone: string | null; data: string }>(
    `SELECT seq, schedule, zone, data FROM timers WHERE state = 'waiting' AND due_at <= ?`,
    [now],
  )
  let timers = 0
  for (const { seq, schedule, zone, data } of due) {
    const silenceMs = silenceOf(JSON.parse(data) as JsonObject)
    if (silenceMs !== undefined) {
      plan(sql, seq, { at: now + silenceMs, id: new Date(now + silenceMs).toISOString() })
      continue
    }
    timers++
    const kept = schedule === null || zone === null ? undefined : readSchedule(schedule, zone)
    // One that cannot be read stays as it is: that is told as soon as the tenant runs.
    if (schedule !== null && !kept) continue
    const next = kept?.next(now)
    if (next) plan(sql, seq, next)
    else sql.run(`UPDATE timers SET state = 'skipped', settled_at = ? WHERE seq = ?`, [now, seq])
  }
  return { timers, resting: restingSince(sql, now) }
}

const plan = (sql: Sql, seq: number, { at, id }: { at: number; id: string }): unknown =>
  sql.run('UPDATE timers SET due_at = ?, occurrence = ? WHERE seq = ?', [at, id, seq])

/** How long nobody has to say anything before a session is idle, or a person has left: neither does anything outside. */
function silenceOf({ idle, returnAfterMs }: JsonObject): number | undefined {
  if (idle === true) return idleMs
  return typeof returnAfterMs === 'number' ? returnAfterMs : undefined
}

/** A restore by a clock that ran ahead was before now by the right one: what begins from here on is not in doubt for it. */
export async function mindRestore({ sql, commits }: Pick<Room, 'sql' | 'commits'>, now: number): Promise<void> {
  if (sql.get('SELECT 1 FROM meta WHERE restored_at > ?', [now]) === undefined) return
  await commits.run(() => sql.run('UPDATE meta SET restored_at = ?, doubt_until = ?', [now, now + idleMs]))
}

/** Sessions whose timer was skipped by the restore of that time, or by a clock that ran ahead, and of which nothing was heard since. */
export const restingSince = (sql: Sql, restoredAt: number): string[] =>
  sql
    .all<{ id: string }>(
      `SELECT s.id FROM timers t JOIN sessions s ON s.id = t.session_id
       WHERE t.state = 'skipped' AND t.settled_at >= ? AND s.status = 'waiting' AND s.updated_at < t.settled_at
       ORDER BY s.seq`,
      [restoredAt],
    )
    .map(({ id }) => id)
