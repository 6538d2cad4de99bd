import {
  deadReasons,
  type ClaimedSend,
  type ClaimedSends,
  type OutboundMessage,
  type Owner,
  type SendClaim,
} from '@copse/contracts'
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
  /** For whoever reads of it. */
  error?: string
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

/** What was sent later than now holds nothing: the clock was set back since. */
const readyAt = `max(o.due_at, coalesce((SELECT max(b.barrier_until) FROM outbox b
  WHERE b.conversation_id = o.conversation_id AND b.barrier_until IS NOT NULL AND b.seq < o.seq AND b.settled_at <= ?), 0))`

export function createClaim({ sql, clock }: Pick<Room, 'sql' | 'clock'>): (claim: SendClaim) => ClaimedSends {
  // Made later than now: the clock was set back since, and its times to wait for mean nothing. What was tried last comes
  // last: a message that its channel never takes is not the only one to try a channel that rests.
  const ready = ({ channels, now }: SendClaim, limit: number): Head[] =>
    sql.all<Head>(
      `SELECT o.seq, o.conversation_id AS conversationId, o.channel, o.alias, o.attempts + 1 AS attempt, o.author,
         o.created_at AS createdAt, v.owner, v.heard_at AS heardAt, c.opted_out_at AS optedOutAt,
         (SELECT content FROM messages m WHERE m.seq = o.seq) AS content
       ${headsOn(channels)} AND (${readyAt} <= ? OR o.created_at > ?)
       ORDER BY o.due_at, o.seq LIMIT ?`,
      [...channels, now, now, now, limit],
    )

  function take(head: Head, asked: SendClaim): ClaimedSend {
    const { seq, conversationId, channel, alias, attempt, content } = head
    sql.run(`UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE seq = ?`, [seq])
    const message = JSON.parse(content) as OutboundMessage
    const late = isLate(head, asked) ? ({ beyondWindow: true } as const) : {}
    return { seq, conversationId, channel, alias, attempt, message, ...late }
  }

  /** The whole conversation at once, so that a long one is not withheld one by one. */
  function withhold({ conversationId }: Head, { state, reason, error, bots, createdBefore }: Withheld): number {
    return sql.run(
      `UPDATE outbox SET state = ?, error = ?, settled_at = ? WHERE conversation_id = ? AND state = 'pending'
         AND author LIKE ? AND created_at < ?`,
      [
        state,
        error ?? reason,
        clock.now(),
        conversationId,
        bots ? 'bot' : '%',
        createdBefore ?? Number.MAX_SAFE_INTEGER,
      ],
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
        } else sends.push(take(head, asked))
      }
    }
    const next = sql.get<{ at: number | null }>(`SELECT min(${readyAt}) AS at ${headsOn(asked.channels)}`, [
      asked.now,
      ...asked.channels,
    ])
    return { sends, withheld, nextAt: next?.at ?? undefined }
  }
}

function reasonAgainst(head: Head, claim: SendClaim): Withheld | undefined {
  const { now, maxAgeMs, beyondWindow } = claim
  if (head.author === 'bot' && head.owner === 'human') return { state: 'dropped', reason: 'taken_over', bots: true }
  if (head.author === 'bot' && head.optedOutAt !== null) return { state: 'dropped', reason: 'opted_out', bots: true }
  if (maxAgeMs !== undefined && now - head.createdAt > maxAgeMs)
    return { ...dead('too_old'), createdBefore: now - maxAgeMs }
  return isLate(head, claim) && !beyondWindow?.has(head.channel) ? dead('outside_window') : undefined
}

const dead = (reason: keyof typeof deadReasons) =>
  ({ state: 'dead', reason, error: `${reason}: ${deadReasons[reason]}` }) as const

function isLate({ channel, heardAt }: Head, { now, windows }: SendClaim): boolean {
  const windowMs = windows?.get(channel)
  return windowMs !== undefined && (heardAt === null || now - heardAt > windowMs)
}
