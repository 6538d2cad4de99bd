import { idleMs } from '@copse/contracts'
import type { Sql } from '../sql.ts'
import { scheduleOf } from '../timers/schedules.ts'

/** What was set aside, in rows. */
export interface SetAside {
  messages: number
  sends: number
  timers: number
  effects: number
  notices: number
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
  return { messages, sends, timers: passTimers(sql, now), effects, notices }
}

/** What came due meanwhile may have come: a recurring timer goes on with its next time, any other is skipped. */
function passTimers(sql: Sql, now: number): number {
  const due = sql.all<{ seq: number; schedule: string | null; zone: string | null }>(
    `SELECT seq, schedule, zone FROM timers WHERE state = 'waiting' AND due_at <= ?`,
    [now],
  )
  for (const { seq, schedule, zone } of due) {
    const next = schedule === null || zone === null ? undefined : scheduleOf(schedule, zone).next(now)
    if (next) sql.run('UPDATE timers SET due_at = ?, occurrence = ? WHERE seq = ?', [next.at, next.id, seq])
    else sql.run(`UPDATE timers SET state = 'skipped', settled_at = ? WHERE seq = ?`, [now, seq])
  }
  return due.length
}
