import type { Room } from './room.ts'

/**
 * Where a contact is answered on a channel, also what was dead until now, inside whatever transaction is open. What was
 * said stays as it was said.
 */
export function createReaddressing({
  sql,
}: Pick<Room, 'sql'>): (contactId: string, channel: string, to: string) => void {
  return (contactId, channel, to) => {
    sql.run(
      `UPDATE inbox SET alias = ? WHERE channel = ? AND alias <> ? AND id IN
         (SELECT i.id FROM turns t JOIN inbox i ON i.turn_id = t.id WHERE t.contact_id = ?
          UNION SELECT id FROM inbox WHERE contact_id = ? AND state = 'pending')`,
      [to, channel, to, contactId, contactId],
    )
    sql.run(`UPDATE timers SET alias = ? WHERE contact_id = ? AND channel = ? AND state = 'waiting'`, [
      to,
      contactId,
      channel,
    ])
    sql.run(
      `UPDATE outbox SET alias = ? WHERE state IN ('pending', 'sending', 'dead') AND conversation_id IN
         (SELECT id FROM conversations WHERE contact_id = ? AND channel = ?)`,
      [to, contactId, channel],
    )
  }
}
