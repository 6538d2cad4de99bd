import type { InboundEvent } from '@copse/contracts'
import type { PendingRow } from './bursts.ts'
import type { Room } from './room.ts'

/**
 * A tap with the turn that offered it, when we said something since: buttons stay where they are. A message whose id the
 * channel has not told us is taken for the newest. Our own page calls a message by its number. It is kept with the row, so
 * that a re-run finds the same.
 */
export function createOfferings({ sql }: Pick<Room, 'sql'>): (row: PendingRow) => InboundEvent {
  return ({ id, conversationId, event }) => {
    const replyTo = event.data?.['replyTo']
    if (event.kind !== 'payload' || (typeof replyTo !== 'string' && typeof replyTo !== 'number')) return event
    const offer = sql.get<{ turnId: string }>(
      `SELECT m.turn_id AS turnId FROM outbox o JOIN messages m ON m.seq = o.seq
       WHERE o.channel = ? AND ${typeof replyTo === 'number' ? 'o.seq' : 'o.provider_id'} = ? AND o.conversation_id = ? AND EXISTS (
         SELECT 1 FROM messages n WHERE n.conversation_id = o.conversation_id AND n.seq > o.seq AND n.author = 'business')
       ORDER BY o.seq DESC LIMIT 1`,
      [event.channel, replyTo, conversationId],
    )
    if (!offer) return event
    const known = { ...event, offeredIn: offer.turnId }
    sql.run('UPDATE inbox SET event = ? WHERE id = ?', [JSON.stringify(known), id])
    return known
  }
}
