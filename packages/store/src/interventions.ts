import type { InterventionView, JsonObject } from '@copse/contracts'
import type { Room } from './room.ts'

type Intervention = Omit<InterventionView, 'at'>

/** Whatever a person decides by hand is written down with it, in the same transaction. */
export function recordIntervention({ sql, clock }: Room, { who, what, subject, detail }: Intervention): void {
  sql.run('INSERT INTO interventions (at, who, what, subject, detail) VALUES (?, ?, ?, ?, ?)', [
    clock.now(),
    who,
    what,
    subject,
    JSON.stringify(detail),
  ])
}

/** What was done to the session itself, and to its conversation until the next one began there; with the words said. */
export function interventionsOf({ sql }: Pick<Room, 'sql'>, sessionId: string): InterventionView[] {
  const rows = sql.all<Row>(
    `WITH s AS (SELECT id, conversation_id, created_at, coalesce((SELECT min(n.created_at) FROM sessions n
         WHERE n.conversation_id = o.conversation_id AND n.seq > o.seq), 9e15) AS until FROM sessions o WHERE id = ?)
     SELECT ${columns} FROM interventions i, s
     WHERE (i.what IN ('owner', 'say') AND i.subject = s.conversation_id AND i.at >= s.created_at AND i.at < s.until)
       OR (i.what = 'resolve' AND i.subject IN
         (SELECT e.key FROM effects e JOIN turns t ON t.id = e.turn_id WHERE t.session_id = s.id))
       OR (i.what = 'redrive' AND i.subject IN (SELECT id FROM turns WHERE session_id = s.id))
       OR (i.what = 'redrive_notice' AND i.subject IN (SELECT id FROM handoffs WHERE session_id = s.id))
       OR (i.what = 'redrive_send' AND i.subject IN (SELECT CAST(seq AS TEXT) FROM messages WHERE session_id = s.id))
     ORDER BY i.seq`,
    [sessionId],
  )
  return rows.map(toView)
}

/** What was done to all that a contact has, with the words said. */
export function interventionsFor({ sql }: Pick<Room, 'sql'>, contactId: string): InterventionView[] {
  const rows = sql.all<Row>(
    `WITH v AS (SELECT id FROM conversations WHERE contact_id = ?),
       t AS (SELECT id FROM turns WHERE contact_id = ?)
     SELECT ${columns} FROM interventions i
     WHERE (i.what IN ('owner', 'say') AND i.subject IN v)
       OR (i.what = 'resolve' AND i.subject IN (SELECT e.key FROM effects e WHERE e.turn_id IN t))
       OR (i.what = 'redrive' AND i.subject IN t)
       OR (i.what = 'redrive_send' AND i.subject IN
         (SELECT CAST(m.seq AS TEXT) FROM messages m WHERE m.conversation_id IN v))
     ORDER BY i.seq`,
    [contactId, contactId],
  )
  return rows.map(toView)
}

type Row = Omit<InterventionView, 'detail'> & { detail: string; said: string | null }

const columns = `i.at, i.who, i.what, i.subject, i.detail,
  (SELECT json_extract(m.content, '$.text') FROM messages m
   WHERE i.what = 'say' AND m.seq = json_extract(i.detail, '$.seq')) AS said`

const toView = ({ detail, said, ...row }: Row): InterventionView => ({
  ...row,
  detail: { ...(JSON.parse(detail) as JsonObject), ...(said === null ? {} : { text: said }) },
})
