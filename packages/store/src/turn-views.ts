import type { InboundEvent, JsonObject, StoreViews, TracedTurn, TurnView } from '@copse/contracts'
import type { Room } from './room.ts'
import type { Value } from './sql.ts'

const pageSize = 100

type Told = 'events' | 'trace'
type Row = Omit<TurnView, Told | 'committedAt' | 'error'> & {
  committedAt: number | null
  error: string | null
  trace: string | null
}

/** What people read of turns: those of one session, or all of them one after the other. */
export function createTurnViews({ sql }: Pick<Room, 'sql'>): Pick<StoreViews, 'trace' | 'turns'> {
  const eventsOf = (turnId: string): InboundEvent[] =>
    sql
      .all<{ event: string }>('SELECT event FROM inbox WHERE turn_id = ? ORDER BY id', [turnId])
      .map(({ event }) => JSON.parse(event) as InboundEvent)

  /** A turn that died left no trace: only what the customer was told. */
  const toldOf = (turnId: string): JsonObject[] =>
    sql
      .all<{ text: string }>(
        `SELECT json_extract(content, '$.text') AS text FROM messages
         WHERE turn_id = ? AND author = 'business' ORDER BY seq`,
        [turnId],
      )
      .map(({ text }) => ({ kind: 'reply', text }))

  return {
    async trace(sessionId) {
      const rows = sql.all<Omit<TracedTurn, Told> & { trace: string }>(
        `SELECT t.seq AS number, t.id AS turnId, t.attempts, t.now, t.settled_at AS committedAt, r.events AS trace
         FROM turns t JOIN traces r ON r.turn_id = t.id
         WHERE t.session_id = ? AND t.state = 'committed' ORDER BY t.seq`,
        [sessionId],
      )
      return rows.map((row) => ({
        ...row,
        trace: JSON.parse(row.trace) as JsonObject[],
        events: eventsOf(row.turnId),
      }))
    },

    async turns({ contactId, conversationId, after: from, also = [], limit = pageSize } = {}) {
      const after = from ?? 0
      const wanted: [clause: string, value: Value | undefined][] = [
        ['t.contact_id = ?', contactId],
        ['t.conversation_id = ?', conversationId],
        // The contact's turns have an index, the conversation's have none.
        ['t.contact_id = (SELECT contact_id FROM conversations WHERE id = ?)', conversationId],
      ]
      const given = wanted.filter((each): each is [string, Value] => each[1] !== undefined)
      const rows = sql.all<Row>(
        // What a person says is a turn in which nothing runs, without a seed: it stands among what was done by hand.
        `SELECT t.seq AS number, t.id AS turnId, t.attempts, t.now, t.settled_at AS committedAt, t.state, t.error,
           t.session_id AS sessionId, s.intent, t.contact_id AS contactId, t.conversation_id AS conversationId, v.channel,
           r.events AS trace
         FROM turns t JOIN conversations v ON v.id = t.conversation_id
         LEFT JOIN sessions s ON s.id = t.session_id LEFT JOIN traces r ON r.turn_id = t.id
         WHERE t.seed <> '' AND t.seq >= ? AND (t.seq > ? OR t.seq IN (SELECT value FROM json_each(?)))
           ${given.map(([clause]) => `AND ${clause}`).join(' ')}
         ORDER BY t.seq ${from === undefined ? 'DESC' : ''} LIMIT ?`,
        [Math.min(after, ...also), after, JSON.stringify(also), ...given.map(([, value]) => value), limit],
      )
      const turns = rows.map(({ committedAt, error, trace, ...row }) => ({
        ...row,
        ...(committedAt === null ? {} : { committedAt }),
        ...(error === null ? {} : { error }),
        events: eventsOf(row.turnId),
        trace: trace === null ? toldOf(row.turnId) : (JSON.parse(trace) as JsonObject[]),
      }))
      return from === undefined ? turns.toReversed() : turns
    },
  }
}
