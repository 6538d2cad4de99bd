import { Fault, type InboundEvent } from '@copse/contracts'
import type { Sql } from './sql.ts'

/** The turn, as far as its end needs it. */
export interface OpenTurn {
  id: string
  contactId: string
  conversationId: string
  inbox: { id: number; channel: string; alias: string; event: InboundEvent; receivedAt: number }[]
}

/** Nothing is written down for a turn that is over: its contact may have been forgotten. Fault `internal`. */
export function requireOpen(sql: Sql, id: string): void {
  if (!sql.get(`SELECT 1 FROM turns WHERE id = ? AND state = 'open'`, [id])) throw notOpen(id)
}

const notOpen = (id: string): Fault => new Fault('internal', { detail: `Turn ${id} is not open.` })

export function openTurn(sql: Sql, id: string): OpenTurn {
  const turn = sql.get<{ contact_id: string; conversation_id: string }>(
    `SELECT contact_id, conversation_id FROM turns WHERE id = ? AND state = 'open'`,
    [id],
  )
  if (!turn) throw notOpen(id)
  const inbox = sql
    .all<{ id: number; channel: string; alias: string; event: string; receivedAt: number }>(
      'SELECT id, channel, alias, event, received_at AS receivedAt FROM inbox WHERE turn_id = ? ORDER BY id',
      [id],
    )
    .map((row) => ({ ...row, event: JSON.parse(row.event) as InboundEvent }))
  return { id, contactId: turn.contact_id, conversationId: turn.conversation_id, inbox }
}
