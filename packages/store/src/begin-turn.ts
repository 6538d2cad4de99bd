import type { BegunTurn, InboundEvent, JsonObject, Owner, TimerFiring, TimerView, TurnStart } from '@copse/contracts'
import { createBursts, type PendingRow } from './bursts.ts'
import { readJournal } from './journal-rows.ts'
import { createMemories } from './memories.ts'
import { createOfferings } from './offerings.ts'
import type { Room } from './room.ts'
import { toSession, type SessionRow } from './session-row.ts'

interface TurnRow {
  id: string
  attempts: number
  now: number
  seed: string
}

/** Inside whatever transaction is open. */
export function createBeginning(room: Room): (start: TurnStart) => BegunTurn | undefined {
  const { sql, epoch } = room
  const bursts = createBursts(room)
  const memories = createMemories(room)
  const withOffer = createOfferings(room)

  function create(
    { id, now, seed }: TurnStart,
    { contactId, conversationId }: PendingRow,
    inboxIds: readonly number[],
    session: SessionRow | undefined,
  ): TurnRow {
    sql.run(
      `INSERT INTO turns (id, contact_id, conversation_id, session_id, now, seed, attempts, epoch, state)
       VALUES (?, ?, ?, ?, ?, ?, 1, ?, 'open')`,
      [id, contactId, conversationId, session?.id ?? null, now, seed, epoch],
    )
    for (const inboxId of inboxIds) sql.run('UPDATE inbox SET turn_id = ? WHERE id = ?', [id, inboxId])
    return { id, attempts: 1, now, seed }
  }

  /** Undefined when that turn is dead: its rows were redriven, and stay together. */
  const again = (id: string): TurnRow | undefined =>
    sql.get<TurnRow>(
      `UPDATE turns SET attempts = attempts + 1, epoch = ? WHERE id = ? AND state = 'open'
       RETURNING id, attempts, now, seed`,
      [epoch, id],
    )

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
    const memory = memories.of(id)
    return {
      id,
      alias: event.contact.alias,
      ...(row.name === null ? {} : { name: row.name }),
      ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
      ...(memory === undefined ? {} : { memory }),
    }
  }

  /** A recurring timer goes on to its next occurrence when it fires; one that is moved has another. */
  function hasLapsed({ kind, data }: InboundEvent): boolean {
    if (kind !== 'timer' || data === undefined) return false
    const { key, occurrence } = data as unknown as TimerFiring
    const timer = sql.get<{ state: TimerView['state']; schedule: string | null; occurrence: string }>(
      'SELECT state, schedule, occurrence FROM timers WHERE key = ?',
      [key],
    )
    if (!timer) return false
    return timer.state === 'cancelled' || (timer.schedule === null && timer.occurrence !== occurrence)
  }

  return function begin(start) {
    const { rows, more } = bursts.next(start.contactId, start.bursts ?? [])
    const [first] = rows
    if (!first) return undefined
    const { event, contactId, conversationId, turnId } = first
    const session = sessionFor(contactId, event.sessionId)
    const inboxIds = rows.map((row) => row.id)
    // The set is fixed here, so that a re-run works on the same.
    const before = turnId === null ? undefined : again(turnId)
    const turn = before ?? create(start, first, inboxIds, session)
    const opening = before ? event : withOffer(first)
    const { data, owner } = sql.get<{ data: string; owner: Owner }>(
      'SELECT data, owner FROM conversations WHERE id = ?',
      [conversationId],
    )!
    return {
      id: turn.id,
      attempt: turn.attempts,
      now: turn.now,
      seed: turn.seed,
      channel: event.channel,
      contact: contactOf(contactId, event),
      conversation: { id: conversationId, data: JSON.parse(data) as JsonObject },
      session: session && toSession(session),
      events: [opening, ...rows.slice(1).map((row) => row.event)],
      inboxIds,
      recorded: before ? readJournal(sql, turn.id) : [],
      owner,
      more,
      receivedAt: first.receivedAt,
      lapsed: before === undefined && hasLapsed(event),
    }
  }
}
