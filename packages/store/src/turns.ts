import { Fault, type BegunTurn, type InboundEvent, type JsonObject, type TurnStore } from '@copse/contracts'
import { readJournal } from './journal-rows.ts'
import type { Room } from './room.ts'
import { toSession, type SessionRow } from './session-row.ts'
import { createSettling } from './settle.ts'

interface InboxRow {
  id: number
  contact_id: string
  conversation_id: string
  event: string
  turn_id: string | null
}

interface TurnRow {
  id: string
  attempts: number
  now: number
  seed: string
}

export function createTurns(room: Room): TurnStore {
  const { sql, commits, epoch } = room

  function begin(start: { contactId: string; id: string; now: number; seed: string }): BegunTurn | undefined {
    const [first, second] = sql.all<InboxRow>(
      `SELECT id, contact_id, conversation_id, event, turn_id FROM inbox
       WHERE contact_id = ? AND state = 'pending' ORDER BY id LIMIT 2`,
      [start.contactId],
    )
    if (!first) return undefined
    const event = JSON.parse(first.event) as InboundEvent
    const session = sessionFor(first.contact_id, event.sessionId)
    // One message a turn: the set is fixed here, so that a re-run works on the same.
    const turn = first.turn_id === null ? create(start, first, session) : again(first.turn_id)
    return {
      id: turn.id,
      attempt: turn.attempts,
      now: turn.now,
      seed: turn.seed,
      channel: event.channel,
      contact: contactOf(first.contact_id, event),
      conversation: { id: first.conversation_id, data: dataOf(first.conversation_id) },
      session: session && toSession(session),
      events: [event],
      inboxIds: [first.id],
      recorded: readJournal(sql, turn.id),
      more: second !== undefined,
    }
  }

  function create(
    { id, now, seed }: { id: string; now: number; seed: string },
    row: InboxRow,
    session: SessionRow | undefined,
  ): TurnRow {
    sql.run(
      `INSERT INTO turns (id, contact_id, conversation_id, session_id, now, seed, attempts, epoch, state)
       VALUES (?, ?, ?, ?, ?, ?, 1, ?, 'open')`,
      [id, row.contact_id, row.conversation_id, session?.id ?? null, now, seed, epoch],
    )
    sql.run('UPDATE inbox SET turn_id = ? WHERE id = ?', [id, row.id])
    return { id, attempts: 1, now, seed }
  }

  const again = (id: string): TurnRow =>
    sql.get<TurnRow>(
      'UPDATE turns SET attempts = attempts + 1, epoch = ? WHERE id = ? RETURNING id, attempts, now, seed',
      [epoch, id],
    )!

  /** The one asked for, when it is this contact's; else the newest that waits for them. */
  function sessionFor(contactId: string, wanted: string | undefined): SessionRow | undefined {
    const named =
      wanted === undefined
        ? undefined
        : sql.get<SessionRow>('SELECT * FROM sessions WHERE id = ? AND contact_id = ?', [wanted, contactId])
    return (
      named ??
      sql.get<SessionRow>(
        `SELECT * FROM sessions WHERE contact_id = ? AND status = 'waiting' ORDER BY seq DESC LIMIT 1`,
        [contactId],
      )
    )
  }

  function contactOf(id: string, event: InboundEvent): BegunTurn['contact'] {
    const row = sql.get<{ name: string | null; customer_id: string | null }>(
      'SELECT name, customer_id FROM contacts WHERE id = ?',
      [id],
    )!
    return {
      id,
      alias: event.contact.alias,
      ...(row.name === null ? {} : { name: row.name }),
      ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    }
  }

  const dataOf = (conversationId: string): JsonObject =>
    JSON.parse(
      sql.get<{ data: string }>('SELECT data FROM conversations WHERE id = ?', [conversationId])!.data,
    ) as JsonObject

  return {
    beginTurn: (start) => commits.run(() => begin(start)),
    ...createSettling(room),
    redrive: (inboxId) =>
      commits.run(() => {
        const row = sql.get<{ contactId: string }>(
          `UPDATE inbox SET state = 'pending', turn_id = NULL WHERE id = ? AND state = 'dead'
           RETURNING contact_id AS contactId`,
          [inboxId],
        )
        if (!row) throw new Fault('not_found', { detail: `No dead message ${inboxId}.` })
        return row
      }),
  }
}
