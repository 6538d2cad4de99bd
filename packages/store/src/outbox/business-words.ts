import type { OutboundMessage } from '@copse/contracts'
import { keyOf } from '../keys.ts'
import type { Room } from '../room.ts'

export interface BusinessWords {
  /** Whether they were added before. */
  knows(key: string): boolean
  /** Adds to the conversation what a person said. Answers with its number; undefined when the key is known. */
  add(words: OutboundMessage & { key: string; contactId: string; conversationId: string }): number | undefined
}

/** Every message is of a turn: what a person says is one by itself, at rest from its beginning. */
export function createBusinessWords({ sql, clock, epoch }: Room): BusinessWords {
  return {
    knows: (key) => sql.get('SELECT 1 FROM turns WHERE id = ?', [keyOf(key)]) !== undefined,
    add({ key, contactId, conversationId, ...message }) {
      const now = clock.now()
      const turnId = keyOf(key)
      const { changes } = sql.run(
        `INSERT INTO turns (id, contact_id, conversation_id, now, seed, attempts, epoch, state, settled_at)
         VALUES (?, ?, ?, ?, '', 1, ?, 'committed', ?) ON CONFLICT DO NOTHING`,
        [turnId, contactId, conversationId, now, epoch, now],
      )
      if (changes === 0) return undefined
      return sql.run(
        `INSERT INTO messages (conversation_id, turn_id, author, content, at) VALUES (?, ?, 'business', ?, ?)`,
        [conversationId, turnId, JSON.stringify(message), now],
      ).lastId
    },
  }
}
