import type { Json, SessionStatus, SessionView, StoredSession } from '@copse/contracts'

export interface SessionRow {
  id: string
  contact_id: string
  conversation_id: string
  procedure_id: string
  procedure_version: string
  tree_hash: string
  intent: string
  step: string | null
  status: SessionStatus
  outcome: string | null
  snapshot: string
  revision: number
  created_at: number
  updated_at: number
}

export const toSessionView = (row: Omit<SessionRow, 'snapshot'>): SessionView => ({
  id: row.id,
  contactId: row.contact_id,
  conversationId: row.conversation_id,
  procedure: { id: row.procedure_id, version: row.procedure_version, treeHash: row.tree_hash },
  intent: row.intent,
  step: row.step,
  status: row.status,
  ...(row.outcome === null ? {} : { outcome: row.outcome }),
  revision: row.revision,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const toSession = (row: SessionRow): StoredSession => ({
  ...toSessionView(row),
  snapshot: JSON.parse(row.snapshot) as Json,
})
