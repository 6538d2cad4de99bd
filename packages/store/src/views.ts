import type {
  Backlog,
  DeadLetter,
  EffectOutcome,
  EffectView,
  HandoffView,
  InboundEvent,
  Json,
  JsonObject,
  MessageView,
  StoreCounts,
  StoreViews,
} from '@copse/contracts'
import { createContactViews } from './contact-views.ts'
import { interventionsFor, interventionsOf } from './interventions.ts'
import { createRecordings } from './recordings.ts'
import type { Room } from './room.ts'
import { toSession, toSessionView, type SessionRow } from './session-row.ts'
import { createTurnViews } from './turn-views.ts'

const pageSize = 100

/** SELECTs whose columns already have the names that people read; JSON columns are parsed here. */
export function createViews(room: Room): StoreViews {
  const { sql } = room
  const recordings = createRecordings(room)
  return {
    ...createContactViews(room),
    ...createTurnViews(room),

    async session(id) {
      const row = sql.get<SessionRow>('SELECT * FROM sessions WHERE id = ?', [id])
      return row && toSession(row)
    },

    async sessions({ contactId, limit = pageSize } = {}) {
      const theirs = contactId === undefined ? '' : 'WHERE id IN (SELECT session_id FROM turns WHERE contact_id = ?)'
      const values = contactId === undefined ? [limit] : [contactId, limit]
      const rows = sql.all<SessionRow>(`SELECT * FROM sessions ${theirs} ORDER BY seq DESC LIMIT ?`, values)
      return rows.map(toSessionView)
    },

    async messages(of, afterSeq = 0) {
      const [column, id] =
        'sessionId' in of ? (['session_id', of.sessionId] as const) : (['conversation_id', of.conversationId] as const)
      const rows = sql.all<Omit<MessageView, 'text' | 'options' | 'payload'> & { content: string }>(
        `SELECT seq, author, turn_id AS turnId, session_id AS sessionId, at, content FROM messages
         WHERE ${column} = ? AND seq > ?
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.seq = messages.seq AND o.state = 'dropped')
         ORDER BY seq`,
        [id, afterSeq],
      )
      return rows.map(({ content, ...row }) => ({
        ...row,
        ...(JSON.parse(content) as Pick<MessageView, 'text' | 'options' | 'payload'>),
      }))
    },

    async effects({ sessionId, state, limit = pageSize } = {}) {
      const { clause, values } = where({ 't.session_id': sessionId, 'e.state': state })
      const rows = sql.all<
        Omit<EffectView, 'args' | 'outcome' | 'naturalKey' | 'settledAt'> & {
          args: string
          outcome: string | null
          naturalKey: string | null
          settledAt: number | null
        }
      >(
        `SELECT e.key, t.session_id AS sessionId, e.turn_id AS turnId, e.node, e.visit, e.name, e.args, e.policy,
           e.natural_key AS naturalKey, e.state, e.outcome, e.attempts, e.started_at AS startedAt, e.settled_at AS settledAt
         FROM effects e JOIN turns t ON t.id = e.turn_id
         ${clause} ORDER BY e.seq DESC LIMIT ?`,
        [...values, limit],
      )
      return rows.map(({ args, outcome, ...row }) => ({
        ...withoutNulls(row, ['naturalKey', 'settledAt']),
        args: JSON.parse(args) as Json,
        ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as EffectOutcome }),
      }))
    },

    async handoffs({ sessionId, limit = pageSize } = {}) {
      const { clause, values } = where({ session_id: sessionId })
      const rows = sql.all<
        Omit<HandoffView, 'data' | 'takenBy' | 'deadNotice'> & {
          data: string
          takenBy: string | null
          deadNotice: string | null
        }
      >(
        `SELECT id, reason, summary, data, turn_id AS turnId, session_id AS sessionId, contact_id AS contactId,
           conversation_id AS conversationId, created_at AS createdAt, state, taken_by AS takenBy,
           (SELECT json_object('number', n.seq, 'error', n.error) FROM notices n
            WHERE n.handoff_id = handoffs.id AND n.state = 'dead' ORDER BY n.seq DESC LIMIT 1) AS deadNotice
         FROM handoffs ${clause} ORDER BY seq DESC LIMIT ?`,
        [...values, limit],
      )
      return rows.map(({ data, deadNotice, ...row }) => ({
        ...withoutNulls(row, ['takenBy']),
        data: JSON.parse(data) as JsonObject,
        ...(deadNotice === null ? {} : { deadNotice: JSON.parse(deadNotice) as HandoffView['deadNotice'] & object }),
      }))
    },

    interventions: async (sessionId) => interventionsOf(room, sessionId),

    interventionsFor: async (contactId) => interventionsFor(room, contactId),

    recording: (sessionId) => recordings.recording(sessionId),

    async deadLetters(limit = pageSize) {
      const rows = sql.all<Omit<DeadLetter, 'event'> & { event: string }>(
        `SELECT i.id AS inboxId, i.contact_id AS contactId, t.id AS turnId, i.event, t.error, i.received_at AS receivedAt
         FROM inbox i JOIN turns t ON t.id = i.turn_id WHERE i.state = 'dead' ORDER BY i.id DESC LIMIT ?`,
        [limit],
      )
      return rows.map((row) => ({ ...row, event: JSON.parse(row.event) as InboundEvent }))
    },

    // SQLite takes a partial index only where its own condition stands too, word for word.
    async counts() {
      return sql.get<StoreCounts>(`SELECT
        (SELECT count(*) FROM inbox WHERE state = 'pending') AS pendingMessages,
        (SELECT count(*) FROM inbox WHERE state = 'dead') AS deadMessages,
        (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')) AS unsentMessages,
        (SELECT count(*) FROM outbox WHERE state = 'dead') AS deadSends,
        (SELECT count(*) FROM outbox WHERE state = 'dropped') AS droppedSends,
        (SELECT count(*) FROM notices WHERE state IN ('pending', 'sending')) AS unsentNotices,
        (SELECT count(*) FROM notices n JOIN handoffs h ON h.id = n.handoff_id
         WHERE n.state = 'dead' AND h.state <> 'closed') AS deadNotices,
        (SELECT count(*) FROM effects WHERE state IN ('intent', 'uncertain') AND state = 'uncertain') AS uncertainEffects,
        (SELECT count(*) FROM handoffs WHERE state <> 'closed' AND state = 'open') AS openHandoffs,
        (SELECT count(*) FROM sessions WHERE status = 'waiting') AS waitingSessions`)!
    },

    // The indexes are named: by itself SQLite would look for the smallest number through all that is done.
    async backlog(now) {
      const found = sql.get<{ oldestMessageAt: number | null; lateTimers: number; firstTimerDueAt: number | null }>(
        `SELECT
          (SELECT received_at FROM inbox WHERE id =
            (SELECT min(id) FROM inbox INDEXED BY inbox_pending WHERE state = 'pending')) AS oldestMessageAt,
          count(*) AS lateTimers, min(due_at) AS firstTimerDueAt
         FROM timers INDEXED BY timers_due WHERE state = 'waiting' AND due_at < ?`,
        [now],
      )!
      const unsent = sql.all<Omit<Backlog['unsent'][number], 'error'> & { error: string | null }>(
        `SELECT u.channel, u.messages, o.created_at AS oldestAt, o.error FROM
          (SELECT channel, count(*) AS messages, min(seq) AS seq FROM outbox INDEXED BY outbox_heads
           WHERE state IN ('pending', 'sending') GROUP BY channel) u JOIN outbox o ON o.seq = u.seq`,
      )
      return {
        ...withoutNulls(found, ['oldestMessageAt', 'firstTimerDueAt']),
        unsent: unsent.map((row) => withoutNulls(row, ['error'])),
      }
    },
  }
}

/** Those columns that a value is given for. */
function where(wanted: Record<string, string | undefined>): { clause: string; values: string[] } {
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (given.length === 0) return { clause: '', values: [] }
  return {
    clause: `WHERE ${given.map(([column]) => `${column} = ?`).join(' AND ')}`,
    values: given.map(([, value]) => value),
  }
}

type NonNull<T, K extends keyof T> = Omit<T, K> & { [P in K]?: NonNullable<T[P]> }

/** An absent value is an absent member. */
function withoutNulls<T extends object, K extends keyof T>(row: T, keys: readonly K[]): NonNull<T, K> {
  const copy = { ...row }
  for (const key of keys) if (copy[key] === null) delete copy[key]
  return copy
}
