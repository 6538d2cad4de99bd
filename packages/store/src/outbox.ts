import type { ClaimedSend, ClaimedSends, OutboundMessage, OutboxStore, SendSettled } from '@copse/contracts'
import type { Room } from './room.ts'

export function createOutbox({ sql, commits, clock }: Room): OutboxStore {
  function claim(channels: readonly string[], now: number, limit: number): ClaimedSends {
    const marks = channels.map(() => '?').join(', ')
    // Only the oldest unsent message of a conversation may go: the rest waits until it is delivered or dead.
    const heads = `
      FROM outbox o JOIN (SELECT min(seq) AS seq FROM outbox WHERE state IN ('pending', 'sending') GROUP BY conversation_id) h
      ON h.seq = o.seq WHERE o.state = 'pending' AND o.channel IN (${marks})`
    const rows = sql.all<Omit<ClaimedSend, 'message'> & { content: string }>(
      `SELECT o.seq, o.conversation_id AS conversationId, o.channel, o.alias, o.attempts + 1 AS attempt,
         (SELECT content FROM messages m WHERE m.seq = o.seq) AS content
       ${heads} AND o.due_at <= ? ORDER BY o.seq LIMIT ?`,
      [...channels, now, limit],
    )
    for (const { seq } of rows) {
      sql.run(`UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE seq = ?`, [seq])
    }
    const next = sql.get<{ at: number | null }>(`SELECT min(o.due_at) AS at ${heads}`, [...channels])
    return {
      sends: rows.map(({ content, ...send }) => ({ ...send, message: JSON.parse(content) as OutboundMessage })),
      nextAt: next?.at ?? undefined,
    }
  }

  function settle(seq: number, settled: SendSettled): void {
    const now = clock.now()
    switch (settled.state) {
      case 'delivered':
        sql.run(`UPDATE outbox SET state = 'delivered', provider_id = ?, settled_at = ? WHERE seq = ?`, [
          settled.providerId,
          now,
          seq,
        ])
        break
      case 'retry':
        sql.run(`UPDATE outbox SET state = 'pending', due_at = ?, error = ? WHERE seq = ?`, [
          settled.at,
          settled.error,
          seq,
        ])
        break
      case 'dead':
        sql.run(`UPDATE outbox SET state = 'dead', error = ?, settled_at = ? WHERE seq = ?`, [settled.error, now, seq])
        break
    }
  }

  return {
    claimSends: ({ channels, now, limit }) => commits.run(() => claim(channels, now, limit)),
    settleSend: (seq, settled) => commits.run(() => settle(seq, settled)),
    delivered: (conversationId, throughSeq) =>
      commits.run(() => {
        sql.run(
          `UPDATE outbox SET state = 'delivered', settled_at = ?
           WHERE conversation_id = ? AND seq <= ? AND state IN ('pending', 'sending')`,
          [clock.now(), conversationId, throughSeq],
        )
      }),
  }
}
