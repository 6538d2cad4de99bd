import type { Sql } from '../sql.ts'

/**
 * The channel says that it takes no free words after this message was composed, so we count on none until the customer
 * writes again. Who has written since then opened the window. Answers whether we thought it open.
 */
export function closeWindow(sql: Sql, seq: number): boolean {
  const row = sql.get<{ conversationId: string; createdAt: number; heardAt: number | null }>(
    `SELECT v.id AS conversationId, o.created_at AS createdAt, v.heard_at AS heardAt
     FROM outbox o JOIN conversations v ON v.id = o.conversation_id WHERE o.seq = ?`,
    [seq],
  )
  if (!row || row.heardAt === null) return false
  if (row.heardAt <= row.createdAt)
    sql.run('UPDATE conversations SET heard_at = NULL WHERE id = ?', [row.conversationId])
  return true
}
