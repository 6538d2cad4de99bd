import type { InboundEvent, QuietChannels } from '@copse/contracts'
import type { Room } from './room.ts'

/** However fast the customer types, the first message waits no longer. */
const longestQuietMs = 5_000
const longestBurst = 20

export interface PendingRow {
  id: number
  contactId: string
  conversationId: string
  event: InboundEvent
  turnId: string | null
  receivedAt: number
}

/** Texts in a row on one channel are one burst. A tap, a file or an event of ourselves ends it and is a turn alone. */
export interface Bursts {
  /** What the contact's next turn works on: the rows of a turn that was begun, else a new burst. */
  next(contactId: string, channels: readonly string[]): { rows: PendingRow[]; more: boolean }
  quietUntil(contactId: string, channels: QuietChannels): number | undefined
}

export function createBursts({ sql, clock }: Pick<Room, 'sql' | 'clock'>): Bursts {
  // Left to itself, SQLite takes the index of all that the contact ever said.
  const pending = (contactId: string, limit: number): PendingRow[] =>
    sql
      .all<Omit<PendingRow, 'event'> & { event: string }>(
        `SELECT id, contact_id AS contactId, conversation_id AS conversationId, event, turn_id AS turnId,
           received_at AS receivedAt
         FROM inbox INDEXED BY inbox_pending WHERE contact_id = ? AND state = 'pending' ORDER BY id LIMIT ?`,
        [contactId, limit],
      )
      .map((row) => ({ ...row, event: JSON.parse(row.event) as InboundEvent }))

  const isOfOpenTurn = ({ turnId }: PendingRow): boolean =>
    turnId !== null && sql.get(`SELECT 1 FROM turns WHERE id = ? AND state = 'open'`, [turnId]) !== undefined

  /** Redriven rows are older than those of a turn that was begun meanwhile, and wait until it is over. */
  function begunBeside(contactId: string, first: PendingRow | undefined): PendingRow[] {
    if (!first || first.turnId === null || isOfOpenTurn(first)) return []
    return pending(contactId, -1).filter(isOfOpenTurn)
  }

  return {
    next(contactId, channels) {
      const found = pending(contactId, longestBurst + 1)
      const begun = begunBeside(contactId, found[0])
      if (begun.length > 0) return { rows: begun, more: true }
      const rows = found.slice(0, Math.min(lengthOf(found, channels), longestBurst))
      return { rows, more: found.length > rows.length }
    },
    quietUntil(contactId, channels) {
      const rows = pending(contactId, longestBurst)
      const length = lengthOf(rows, [...channels.keys()])
      const [first] = rows
      const last = rows[length - 1]
      if (!first || !last || first.turnId !== null || length < rows.length || length === longestBurst) return undefined
      // The clock was set back, by up to a day: what came before that does not wait for it to be then again.
      if (last.receivedAt > clock.now()) return undefined
      const channelMs = isText(first.event) ? channels.get(first.event.channel) : undefined
      if (channelMs === undefined) return undefined
      const asked = sql.get<{ quietMs: number | null }>('SELECT quiet_ms AS quietMs FROM conversations WHERE id = ?', [
        first.conversationId,
      ])
      const quietMs = asked?.quietMs ?? channelMs
      return quietMs > 0 ? Math.min(last.receivedAt + quietMs, first.receivedAt + longestQuietMs) : undefined
    },
  }
}

/** Consent and a new beginning are handled by themselves, whatever was said around them. */
const isText = ({ kind, consent, fresh }: InboundEvent): boolean =>
  kind === 'text' && consent === undefined && fresh === undefined

function goesWith(first: PendingRow, row: PendingRow): boolean {
  if (row.turnId !== first.turnId) return false
  if (first.turnId !== null || row.id === first.id) return true
  return (
    isText(row.event) &&
    row.event.channel === first.event.channel &&
    row.conversationId === first.conversationId &&
    row.event.sessionId === first.event.sessionId
  )
}

/** How many of these rows, oldest first, belong together. */
function lengthOf(rows: readonly PendingRow[], channels: readonly string[]): number {
  const first = rows[0]
  if (!first) return 0
  if (first.turnId === null && !(isText(first.event) && channels.includes(first.event.channel))) return 1
  const end = rows.findIndex((row) => !goesWith(first, row))
  return end === -1 ? rows.length : end
}
