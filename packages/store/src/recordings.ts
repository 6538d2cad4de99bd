import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  Fault,
  type EffectOutcome,
  type InboundEvent,
  type Json,
  type JsonObject,
  type OutboundMessage,
  type RecordedTurn,
  type Recording,
  type TurnReply,
} from '@copse/contracts'
import Database from 'better-sqlite3'
import { createMemories } from './memories.ts'
import { toSession, type SessionRow } from './session-row.ts'
import { createSql, type Sql } from './sql.ts'

/** Sessions as they were recorded, for running them again. Nothing is written. */
export interface Recordings {
  /** Of the contact whose session this is. Undefined: there is no such session. */
  recording(sessionId: string): Promise<Recording | undefined>
  /** Ids of sessions, the newest first. */
  recorded(limit: number): Promise<string[]>
}

interface TurnRow {
  id: string
  conversationId: string
  now: number
  seed: string
  attempts: number
  state: 'committed' | 'dead'
  error: string | null
  settledAt: number
  sessionId: string | null
  reply: string | null
  trace: string | null
}

/** The first message and its sender are written in one commit; only what was there before it lies further back. */
const sameCommitMs = 1_000

export function createRecordings({ sql }: { sql: Sql }): Recordings {
  const memories = createMemories({ sql })

  function turnOf({ error, trace, reply, ...row }: TurnRow): RecordedTurn {
    const column = <T>(query: string): T[] =>
      sql.all<{ json: string }>(query, [row.id]).map(({ json }) => JSON.parse(json) as T)
    return {
      ...row,
      ...(error === null ? {} : { error }),
      status: reply === null ? 'none' : (JSON.parse(reply) as TurnReply).status,
      trace: trace === null ? undefined : (JSON.parse(trace) as JsonObject[]),
      events: column<InboundEvent>('SELECT event AS json FROM inbox WHERE turn_id = ? ORDER BY id'),
      outcomes: sql
        .all<{ key: string; name: string; argsHash: string; outcome: string }>(
          `SELECT key, name, args_hash AS argsHash, outcome FROM journal
           WHERE turn_id = ? AND kind = 'outcome' AND outcome IS NOT NULL ORDER BY seq`,
          [row.id],
        )
        .map(({ outcome, ...entry }) => ({ ...entry, outcome: JSON.parse(outcome) as EffectOutcome })),
      messages: column<OutboundMessage>(
        `SELECT m.content AS json FROM messages m JOIN outbox o ON o.seq = m.seq
         WHERE m.turn_id = ? AND m.author = 'business' ORDER BY m.seq`,
      ),
    }
  }

  function isCut(contactId: string, createdAt: number): boolean {
    const { first } = sql.get<{ first: number | null }>(
      'SELECT min(i.received_at) AS first FROM turns t JOIN inbox i ON i.turn_id = t.id WHERE t.contact_id = ?',
      [contactId],
    )!
    return first === null || first - createdAt > sameCommitMs
  }

  return {
    async recorded(limit) {
      return sql.all<{ id: string }>('SELECT id FROM sessions ORDER BY seq DESC LIMIT ?', [limit]).map(({ id }) => id)
    },
    async recording(sessionId) {
      const contact = sql.get<{
        id: string
        name: string | null
        customerId: string | null
        createdAt: number
        forgottenAt: number | null
      }>(
        `SELECT c.id, c.name, c.customer_id AS customerId, c.created_at AS createdAt, c.forgotten_at AS forgottenAt
         FROM contacts c JOIN sessions s ON s.contact_id = c.id WHERE s.id = ?`,
        [sessionId],
      )
      if (!contact) return undefined
      const { id, name, customerId, createdAt, forgottenAt } = contact
      const sessions = sql.all<SessionRow>(
        'SELECT * FROM sessions WHERE id IN (SELECT session_id FROM turns WHERE contact_id = ?) ORDER BY seq',
        [id],
      )
      const hashes = [...new Set(sessions.map(({ tree_hash: hash }) => hash))]
      const memory = memories.of(id)
      // Where a person spoke there is nothing to run: such a turn has no seed.
      const turns = sql.all<TurnRow>(
        `SELECT t.id, t.conversation_id AS conversationId, t.now, t.seed, t.attempts, t.state, t.error,
           t.settled_at AS settledAt, t.session_id AS sessionId, t.reply, r.events AS trace
         FROM turns t LEFT JOIN traces r ON r.turn_id = t.id
         WHERE t.contact_id = ? AND t.state <> 'open' AND t.seed <> '' ORDER BY t.seq`,
        [id],
      )
      return {
        contact: {
          id,
          ...(name === null ? {} : { name }),
          ...(customerId === null ? {} : { customerId }),
          ...(memory === undefined ? {} : { memory }),
        },
        isForgotten: forgottenAt !== null,
        isCut: isCut(id, createdAt),
        sessions: sessions.map(toSession),
        turns: turns.map(turnOf),
        trees: Object.fromEntries(hashes.flatMap((hash) => treeOf(sql, hash))),
      }
    },
  }
}

function treeOf(sql: Sql, hash: string): [string, Json][] {
  const row = sql.get<{ tree: string }>('SELECT tree FROM trees WHERE hash = ?', [hash])
  return row ? [[hash, JSON.parse(row.tree) as Json]] : []
}

/** Of a folder, beside a process that holds it as well: a connection that cannot write. */
export function openRecordings(folder: string): Recordings & { close(): void } {
  const file = join(folder, 'copse.db')
  if (!existsSync(file)) throw new Fault('not_found', { detail: `There is no copse.db in ${folder}.` })
  const db = new Database(file, { readonly: true, fileMustExist: true })
  const recordings = createRecordings({ sql: createSql(db) })
  /** All of a contact as it is at one moment, though the process goes on writing. */
  async function atOnce<T>(read: () => Promise<T>): Promise<T> {
    db.exec('BEGIN')
    try {
      return await read()
    } finally {
      db.exec('COMMIT')
    }
  }
  return {
    recorded: (limit) => recordings.recorded(limit),
    recording: (sessionId) => atOnce(() => recordings.recording(sessionId)),
    close: () => db.close(),
  }
}
