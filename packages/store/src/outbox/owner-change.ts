import { Fault, type Owner, type OwnerChange } from '@copse/contracts'
import { createAttendance } from '../handoffs/attendance.ts'
import { recordIntervention } from '../interventions.ts'
import type { Room } from '../room.ts'

/**
 * Who may speak, inside whatever transaction is open. Taken by a person, what the bot has not sent yet is dropped.
 * Answers how many messages were.
 */
export function createOwnerChange(room: Room): (change: OwnerChange) => number {
  const { sql, clock } = room
  const attendance = createAttendance(room)

  const dropUnsent = (conversationId: string, now: number): number =>
    sql.run(
      `UPDATE outbox SET state = 'dropped', error = 'taken_over', settled_at = ?
       WHERE conversation_id = ? AND state = 'pending' AND author = 'bot'`,
      [now, conversationId],
    ).changes

  function requireUntaken(handoffId: string): void {
    const row = sql.get<{ state: string; takenBy: string | null }>(
      'SELECT state, taken_by AS takenBy FROM handoffs WHERE id = ?',
      [handoffId],
    )
    if (row?.state !== 'open') throw new Fault('case_taken', { detail: `${row?.takenBy ?? 'Somebody'} has it.` })
  }

  return ({ conversationId, owner, who, reason, untakenHandoff, returnAfterMs }) => {
    if (untakenHandoff !== undefined) requireUntaken(untakenHandoff)
    const before = sql.get<{ owner: Owner }>('SELECT owner FROM conversations WHERE id = ?', [conversationId])
    if (!before) throw new Fault('not_found', { detail: `No conversation ${conversationId}.` })
    const now = clock.now()
    sql.run('UPDATE conversations SET owner = ?, owner_since = ? WHERE id = ? AND owner <> ?', [
      owner,
      now,
      conversationId,
      owner,
    ])
    const dropped = owner === 'human' ? dropUnsent(conversationId, now) : 0
    if (owner === 'human') {
      attendance.keep(conversationId, returnAfterMs)
      sql.run(
        `UPDATE handoffs SET state = 'taken', taken_by = ?, taken_at = ? WHERE conversation_id = ? AND state = 'open'`,
        [who, now, conversationId],
      )
    }
    if (owner === 'bot') {
      attendance.end(conversationId)
      sql.run(`UPDATE handoffs SET state = 'closed', closed_at = ? WHERE conversation_id = ? AND state <> 'closed'`, [
        now,
        conversationId,
      ])
    }
    const detail = { owner, before: before.owner, reason, dropped }
    recordIntervention(room, { who, what: 'owner', subject: conversationId, detail })
    return dropped
  }
}
