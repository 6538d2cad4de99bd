import type { Json, JsonObject, Memory } from '@copse/contracts'
import type { Room } from './room.ts'

interface Memories {
  /** Undefined: nothing. */
  of(contactId: string): JsonObject | undefined
  /** Inside the transaction of the turn that asks for it. */
  keep(given: { contactId: string; sessionId: string | null; now: number }, memories: readonly Memory[]): void
}

/** What is remembered of contacts from one conversation to the next; a contact who is forgotten takes it along. */
export function createMemories({ sql }: Pick<Room, 'sql'>): Memories {
  return {
    of(contactId) {
      const rows = sql.all<{ key: string; value: string }>(
        'SELECT key, value FROM memories WHERE contact_id = ? ORDER BY key',
        [contactId],
      )
      return rows.length === 0
        ? undefined
        : Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as Json]))
    },
    keep({ contactId, sessionId, now }, memories) {
      for (const { key, value } of memories) {
        if (value === null) sql.run('DELETE FROM memories WHERE contact_id = ? AND key = ?', [contactId, key])
        else
          sql.run('INSERT OR REPLACE INTO memories (contact_id, key, value, session_id, at) VALUES (?, ?, ?, ?, ?)', [
            contactId,
            key,
            JSON.stringify(value),
            sessionId,
            now,
          ])
      }
    },
  }
}
