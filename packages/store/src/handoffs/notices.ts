import { Fault, type ClaimedNotice, type JsonObject, type NoticeStore } from '@copse/contracts'
import { recordIntervention } from '../interventions.ts'
import type { Room } from '../room.ts'
import { attendedAt } from './attendance.ts'
import { caseOf } from './case.ts'
import type { NoticeContent } from './notice-rows.ts'

interface Row {
  seq: number
  key: string
  content: string
  attempt: number
  id: string
  reason: string
  summary: string
  data: string
  at: number
  turnId: string
  sessionId: string | null
  channel: string
  alias: string | null
  name: string | null
}

/** What has to reach the tenant's own people, and the cases that it is about. */
export function createNotices(room: Room): NoticeStore {
  const { sql, commits, clock } = room

  function claim({ now, limit }: { now: number; limit: number }): Awaited<ReturnType<NoticeStore['claimNotices']>> {
    // A case that is closed, or one that somebody took meanwhile and need not be reminded of.
    sql.run(
      `DELETE FROM notices WHERE state IN ('pending', 'sending') AND state = 'pending' AND due_at <= ? AND handoff_id IN (SELECT h.id FROM handoffs h
         WHERE h.state = 'closed' OR (h.state = 'taken' AND notices.key = h.id || ':again'))`,
      [now],
    )
    const rows = sql.all<Row>(
      `SELECT n.seq, n.key, n.content, n.attempts + 1 AS attempt, h.id, h.reason, h.summary, h.data,
         h.created_at AS at, h.turn_id AS turnId, h.session_id AS sessionId, v.channel, c.name,
         coalesce((SELECT i.alias FROM inbox i WHERE i.turn_id = h.turn_id ORDER BY i.id DESC LIMIT 1),
           (SELECT a.alias FROM aliases a WHERE a.contact_id = c.id AND a.channel = v.channel)) AS alias
       FROM notices n JOIN handoffs h ON h.id = n.handoff_id JOIN conversations v ON v.id = h.conversation_id
         JOIN contacts c ON c.id = h.contact_id
       WHERE n.state IN ('pending', 'sending') AND n.state = 'pending' AND n.due_at <= ? ORDER BY n.due_at, n.seq LIMIT ?`,
      [now, limit],
    )
    for (const { seq } of rows)
      sql.run(`UPDATE notices SET state = 'sending', attempts = attempts + 1 WHERE seq = ?`, [seq])
    return { notices: rows.map(toNotice), nextAt: nextAt() }
  }

  /** Both states are named so that the index of what is open is used. */
  const nextAt = (): number | undefined =>
    sql.get<{ at: number | null }>(
      `SELECT min(due_at) AS at FROM notices WHERE state IN ('pending', 'sending') AND state = 'pending'`,
    )?.at ?? undefined

  function toNotice(row: Row): ClaimedNotice {
    const { seq, key, attempt, id, reason, summary, at, channel, alias, name } = row
    const data = JSON.parse(row.data) as JsonObject
    const customer = { alias: alias ?? '', ...(name === null ? {} : { name }) }
    const content = JSON.parse(row.content) as NoticeContent
    return {
      seq,
      key,
      attempt,
      ...content,
      handoff: { id, reason, summary, data },
      at,
      channel,
      customer,
      promises: toldIn(row.turnId),
      done: row.sessionId === null ? [] : doneIn(row.sessionId),
    }
  }

  const toldIn = (turnId: string): string[] =>
    sql
      .all<{ text: string }>(
        `SELECT json_extract(content, '$.text') AS text FROM messages
         WHERE turn_id = ? AND author = 'business' ORDER BY seq`,
        [turnId],
      )
      .map(({ text }) => text)

  const doneIn = (sessionId: string): ClaimedNotice['done'] =>
    sql.all<ClaimedNotice['done'][number]>(
      `SELECT e.name, e.state FROM effects e JOIN turns t ON t.id = e.turn_id
       WHERE t.session_id = ? AND e.policy <> 'read' AND e.state IN ('done', 'uncertain') ORDER BY e.seq`,
      [sessionId],
    )

  function redrive(seq: number, who: string): void {
    const now = clock.now()
    const row = sql.get<{ handoffId: string }>(
      `UPDATE notices SET state = 'pending', attempts = 0, due_at = ?, error = NULL, settled_at = NULL,
         content = json_set(content, '$.since', ?)
       WHERE seq = ? AND state = 'dead' AND handoff_id IN (SELECT id FROM handoffs WHERE state <> 'closed')
       RETURNING handoff_id AS handoffId`,
      [now, now, seq],
    )
    if (!row) throw new Fault('not_found', { detail: `No dead notice ${seq} of a case that is not closed.` })
    // One is enough: they are about the same case.
    sql.run(`DELETE FROM notices WHERE handoff_id = ? AND state = 'dead'`, [row.handoffId])
    recordIntervention(room, { who, what: 'redrive_notice', subject: row.handoffId, detail: {} })
  }

  return {
    redriveNotice: (seq, who) => commits.run(() => redrive(seq, who)),
    async claimNotices(asked) {
      const at = nextAt()
      // Looking costs no commit.
      if (at === undefined || at > asked.now) return { notices: [], nextAt: at }
      return commits.run(() => claim(asked))
    },
    settleNotice: (seq, settled) =>
      commits.run(() => {
        const isOver = settled.state !== 'retry'
        sql.run(
          `UPDATE notices SET state = ?, due_at = iif(?, due_at, ?), error = ?, settled_at = ?,
             content = json_set(content, '$.reached', json(?)) WHERE seq = ? AND state = 'sending'`,
          [
            isOver ? settled.state : 'pending',
            isOver ? 1 : 0,
            settled.state === 'retry' ? settled.at : 0,
            settled.state === 'sent' ? null : settled.error,
            isOver ? clock.now() : null,
            JSON.stringify(settled.reached),
            seq,
          ],
        )
      }),
    handoff: async (id) => caseOf(sql, id),
    attended: async (conversationId) => attendedAt(room, conversationId),
    useLink: (id) =>
      commits.run(() => sql.run('INSERT OR IGNORE INTO links VALUES (?, ?)', [id, clock.now()]).changes === 1),
    isLinkUsed: async (id) => sql.get('SELECT 1 FROM links WHERE id = ?', [id]) !== undefined,
  }
}
