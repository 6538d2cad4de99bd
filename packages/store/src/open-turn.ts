import { Fault, type InboundEvent } from '@copse/contracts'
import type { Sql } from './sql.ts'

/** The turn, as far as its end needs it. */
export interface OpenTurn {
  id: string
  contactId: string
  conversationId: string
  inbox: { id: number; channel: string; alias: string; event: InboundEvent; receivedAt: number }[]
}

export function openTurn(sql: Sql, id: string): OpenTurn {
  const turn = sql.get<{ contact_id: string; conversation_id: string }>(
    `SELECT contact_id, conversation_id FROM turns WHERE id = ? AND state = 'open'`,
    [id],
  )
  if (!turn) throw new Fault('internal', { detail: `Turn ${id} is not open.` })
  const inbox = sql
    .all<{ id: number; channel: string; alias: string; event: string; receivedAt: number }>(
      'SELECT id, channel, alias, event, received_at AS receivedAt FROM inbox WHERE turn_id = ? ORDER BY id',
      [id],
    )
    .map((row) => ({ ...row, event: JSON.parse(row.event) as InboundEvent }))
  return { id, contactId: turn.contact_id, conversationId: turn.conversation_id, inbox }
}
