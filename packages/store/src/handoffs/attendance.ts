import type { Owner } from '@copse/contracts'
import type { Room } from '../room.ts'
import { createTimerChanges } from '../timers/change.ts'
import { addressOf } from './address.ts'

export interface Attendance {
  /** A person took the conversation or spoke in it: they are asked after, so long from now. */
  keep(conversationId: string, returnAfterMs: number | undefined): void
  end(conversationId: string): void
}

/** Set while somebody is asked for and nobody has come. */
export const nobodyKey = (conversationId: string): string => `$nobody:${conversationId}`

const returnKey = (conversationId: string): string => `$return:${conversationId}`

/** How long a person may say nothing: one timer for each conversation that people have. */
export function createAttendance({ sql, clock }: Pick<Room, 'sql' | 'clock'>): Attendance {
  const timers = createTimerChanges({ sql, clock })

  return {
    keep(conversationId, returnAfterMs) {
      timers.cancel(nobodyKey(conversationId))
      if (returnAfterMs === undefined) return
      const row = sql.get<{ contactId: string; channel: string }>(
        'SELECT contact_id AS contactId, channel FROM conversations WHERE id = ?',
        [conversationId],
      )!
      const address = addressOf(sql, { conversationId, ...row })
      if (!address) return
      const { alias, language } = address
      const set = {
        key: returnKey(conversationId),
        when: { at: clock.now() + returnAfterMs },
        data: { conversationId, returnAfterMs, ...(language === undefined ? {} : { language }) },
      }
      timers.change({ conversationId, ...row, alias }, [{ set }])
    },
    end(conversationId) {
      timers.cancel(nobodyKey(conversationId))
      timers.cancel(returnKey(conversationId))
    },
  }
}

/**
 * When a person last spoke in it, or took it; and whether the customer heard of a case that nobody has taken. That it is
 * not closed is said for the index.
 */
export function attendedAt(
  { sql }: Pick<Room, 'sql'>,
  conversationId: string,
): { owner: Owner; at: number; promised: boolean } | undefined {
  const row = sql.get<{ owner: Owner; since: number | null; spoken: number | null; promised: number }>(
    `SELECT owner, EXISTS (SELECT 1 FROM handoffs h JOIN messages m ON m.turn_id = h.turn_id AND m.author = 'business'
         WHERE h.conversation_id = v.id AND h.state <> 'closed' AND h.state = 'open') AS promised, owner_since AS since,
       (SELECT max(m.at) FROM messages m LEFT JOIN outbox o ON o.seq = m.seq
        WHERE m.conversation_id = v.id AND m.author = 'business' AND coalesce(o.author, 'human') = 'human') AS spoken
     FROM conversations v WHERE id = ?`,
    [conversationId],
  )
  return row && { owner: row.owner, at: Math.max(row.since ?? 0, row.spoken ?? 0), promised: row.promised === 1 }
}
