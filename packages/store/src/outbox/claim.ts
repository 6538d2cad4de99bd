import type { ClaimedSend, ClaimedSends, OutboundMessage, Owner, SendClaim } from '@copse/contracts'
import type { Room } from '../room.ts'

interface Head {
  seq: number
  conversationId: string
  channel: string
  alias: string
  attempt: number
  author: 'bot' | 'human' | 'system'
  createdAt: number
  owner: Owner
  heardAt: number | null
  optedOutAt: number | null
  content: string
}

/** Why a message is not sent, and which others of its conversation are not, for the same reason. */
interface Withheld {
  state: 'dropped' | 'dead'
  reason: string
  /** Of the bot only. */
  bots?: true
  createdBefore?: number
}

/**
 * Only the oldest unsent message of a conversation may go: the rest waits until it is settled, and then for as long as
 * the one before it holds them.
 */
const headsOn = (channels: readonly string[]): string => `
  FROM (SELECT min(seq) AS seq FROM outbox
      WHERE state IN ('pending', 'sending') AND channel IN (${channels.map(() => '?').join(', ')}) GROUP BY conversation_id) h
  CROSS JOIN outbox o ON h.seq = o.seq
  CROSS JOIN conversations v ON v.id = o.conversation_id CROSS JOIN contacts c ON c.id = v.contact_id
  WHERE o.state = 'pending'`

const readyAt = `max(o.due_at, coalesce((SELECT max(b.barrier_until) FROM outbox b
  WHERE b.conversation_id = o.conversation_id AND b.barrier_until IS NOT NULL AND b.seq < o.seq), 0))`

export function createClaim({ sql, clock }: Pick<Room, 'sql' | 'clock'>): (claim: SendClaim) => ClaimedSends {
  const ready = ({ channels, now }: SendClaim, limit: number): Head[] =>
    sql.all<Head>(
      `SELECT o.seq, o.conversation_id AS conversationId, o.channel, o.alias, o.attempts + 1 AS attempt, o.author,
         o.created_at AS createdAt, v.owner, v.heard_at AS heardAt, c.opted_out_at AS optedOutAt,
         (SELECT content FROM messages m WHERE m.seq = o.seq) AS content
       ${headsOn(channels)} AND ${readyAt} <= ? ORDER BY o.seq LIMIT ?`,
      [...channels, now, limit],
    )

  function take({ seq, conversationId, channel, alias, attempt, content }: Head): ClaimedSend {
    sql.run(`UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE seq = ?`, [seq])
    return { seq, conversationId, channel, alias, attempt, message: JSON.parse(content) as OutboundMessage }
  }

  /** The whole conversation at once, so that a long one is not withheld one by one. */
  function withhold({ conversationId }: Head, { state, reason, bots, createdBefore }: Withheld): number {
    return sql.run(
      `UPDATE outbox SET state = ?, error = ?, settled_at = ? WHERE conversation_id = ? AND state = 'pending'
         AND author LIKE ? AND created_at < ?`,
      [state, reason, clock.now(), conversationId, bots ? 'bot' : '%', createdBefore ?? Number.MAX_SAFE_INTEGER],
    ).changes
  }

  return function claim(asked) {
    const sends: ClaimedSend[] = []
    const withheld: Record<string, number> = {}
    for (let settled = true; settled && sends.length < asked.limit;) {
      settled = false
      for (const head of ready(asked, asked.limit - sends.length)) {
        const why = reasonAgainst(head, asked)
        if (why) {
          withheld[why.reason] = (withheld[why.reason] ?? 0) + withhold(head, why)
          settled = true
        } else sends.push(take(head))
      }
    }
    const next = sql.get<{ at: number | null }>(`SELECT min(${readyAt}) AS at ${headsOn(asked.channels)}`, [
      ...asked.channels,
    ])
    return { sends, withheld, nextAt: next?.at ?? undefined }
  }
}

function reasonAgainst(head: Head, { now, windows, maxAgeMs }: SendClaim): Withheld | undefined {
  if (head.author === 'bot' && head.owner === 'human') return { state: 'dropped', reason: 'taken_over', bots: true }
  if (head.author === 'bot' && head.optedOutAt !== null) return { state: 'dropped', reason: 'opted_out', bots: true }
  if (maxAgeMs !== undefined && now - head.createdAt > maxAgeMs)
    return { state: 'dead', reason: 'too_old', createdBefore: now - maxAgeMs }
  const windowMs = windows?.get(head.channel)
  if (windowMs !== undefined && (head.heardAt === null || now - head.heardAt > windowMs))
    return { state: 'dead', reason: 'outside_window' }
  return undefined
}
