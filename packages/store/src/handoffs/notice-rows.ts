import type { Sql } from '../sql.ts'

/** What a notice's row holds beside its state: everything else is read when it is sent. */
export interface NoticeContent {
  again: boolean
  since: number
  reached: string[]
}

/** One notice of a handoff, and one more when nobody came: its key says which. */
export function insertNotice(sql: Sql, handoffId: string, now: number, again = false): void {
  const content: NoticeContent = { again, since: now, reached: [] }
  sql.run(`INSERT OR IGNORE INTO notices (key, handoff_id, content, state, due_at) VALUES (?, ?, ?, 'pending', ?)`, [
    again ? `${handoffId}:again` : handoffId,
    handoffId,
    JSON.stringify(content),
    now,
  ])
}
