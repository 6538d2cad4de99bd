import type { Move } from '@copse/contracts'
import { keyOf } from './keys.ts'
import type { Room } from './room.ts'

/** A contact's new address, inside whatever transaction is open. False: it is somebody else's, and nothing is changed. */
export function createMoving({ sql }: Pick<Room, 'sql'>): (move: Move) => boolean {
  const ownerOf = (channel: string, alias: string): string | undefined =>
    sql.get<{ id: string }>('SELECT contact_id AS id FROM aliases WHERE channel = ? AND alias = ?', [
      channel,
      keyOf(alias),
    ])?.id

  function relink(contactId: string, { channel, from, to }: Move): void {
    for (const old of from)
      sql.run('DELETE FROM aliases WHERE channel = ? AND alias = ? AND contact_id = ?', [
        channel,
        keyOf(old),
        contactId,
      ])
    sql.run('INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)', [channel, keyOf(to), contactId])
    // Where the contact is answered, also what was dead until now; what was said stays as it was said.
    for (const old of from) {
      sql.run(
        `UPDATE inbox SET alias = ? WHERE channel = ? AND alias = ? AND id IN
           (SELECT i.id FROM turns t JOIN inbox i ON i.turn_id = t.id WHERE t.contact_id = ?
            UNION SELECT id FROM inbox WHERE contact_id = ? AND state = 'pending')`,
        [to, channel, old, contactId, contactId],
      )
      sql.run(`UPDATE timers SET alias = ? WHERE contact_id = ? AND channel = ? AND alias = ? AND state = 'waiting'`, [
        to,
        contactId,
        channel,
        old,
      ])
      sql.run(
        `UPDATE outbox SET alias = ? WHERE alias = ? AND state IN ('pending', 'sending', 'dead') AND conversation_id IN
           (SELECT id FROM conversations WHERE contact_id = ? AND channel = ?)`,
        [to, old, contactId, channel],
      )
    }
  }

  return (move) => {
    const { channel, to } = move
    const from = move.from.filter((old) => old !== to)
    const contactId = from.map((old) => ownerOf(channel, old)).find((owner) => owner !== undefined)
    // Nobody we know, or known to have moved.
    if (contactId === undefined) return true
    if ((ownerOf(channel, to) ?? contactId) !== contactId) return false
    relink(contactId, { channel, from, to })
    return true
  }
}
