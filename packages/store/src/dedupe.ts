import { forgottenKey, keyOf } from './keys.ts'
import type { Room } from './room.ts'

export interface Heard {
  /** 0: it put nothing into the inbox. */
  inboxId: number
  /** Empty: it was of nobody we know. */
  contactId: string
}

/** What channels told us, each thing once, also after its contact is forgotten. Inside whatever transaction is open. */
export interface Dedupe {
  heard(channel: string, messageId: string): Heard | undefined
  keep(channel: string, messageId: string, heard: Heard): void
}

export function createDedupe({ sql, clock }: Pick<Room, 'sql' | 'clock'>): Dedupe {
  return {
    heard(channel, messageId) {
      const key = keyOf(messageId)
      return sql.get<Heard>(
        'SELECT inbox_id AS inboxId, contact_id AS contactId FROM dedupe WHERE channel = ? AND message_id IN (?, ?)',
        [channel, key, forgottenKey(key)],
      )
    },
    keep(channel, messageId, { inboxId, contactId }) {
      sql.run('INSERT INTO dedupe VALUES (?, ?, ?, ?, ?)', [channel, keyOf(messageId), inboxId, contactId, clock.now()])
    },
  }
}
