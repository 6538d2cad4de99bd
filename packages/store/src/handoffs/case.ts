import type { HandoffCase, JsonObject, MessageView } from '@copse/contracts'
import type { Sql } from '../sql.ts'
import { addressOf } from './address.ts'

/** What a person reads before they answer: more would not be read. */
const shownMessages = 200

interface Row {
  id: string
  reason: string
  summary: string
  data: string
  state: HandoffCase['state']
  takenBy: string | null
  conversationId: string
  contactId: string
  sessionId: string | null
  channel: string
  name: string | null
  createdAt: number
}

export function caseOf(sql: Sql, id: string): HandoffCase | undefined {
  const row = sql.get<Row>(
    `SELECT h.id, h.reason, h.summary, h.data, h.state, h.taken_by AS takenBy, h.conversation_id AS conversationId,
       h.contact_id AS contactId, h.session_id AS sessionId, v.channel, c.name, h.created_at AS createdAt
     FROM handoffs h JOIN conversations v ON v.id = h.conversation_id JOIN contacts c ON c.id = h.contact_id
     WHERE h.id = ?`,
    [id],
  )
  if (!row) return undefined
  const { contactId: _, takenBy, name, data, ...rest } = row
  const address = addressOf(sql, row)
  const latest = messagesOf(sql, row.conversationId)
  return {
    ...rest,
    data: JSON.parse(data) as JsonObject,
    ...(takenBy === null ? {} : { takenBy }),
    customer: { alias: address?.alias ?? '', ...(name === null ? {} : { name }) },
    ...(address?.language === undefined ? {} : { language: address.language }),
    messages: latest.slice(0, shownMessages).toReversed(),
    earlier: latest.length > shownMessages,
  }
}

/** Newest first, and one more than is shown. */
const messagesOf = (sql: Sql, conversationId: string): MessageView[] =>
  sql
    .all<Omit<MessageView, 'text'> & { content: string }>(
      `SELECT seq, author, turn_id AS turnId, session_id AS sessionId, at, content FROM messages
       WHERE conversation_id = ?
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.seq = messages.seq AND o.state = 'dropped')
       ORDER BY seq DESC LIMIT ?`,
      [conversationId, shownMessages + 1],
    )
    .map(({ content, ...row }) => ({ ...row, ...(JSON.parse(content) as Pick<MessageView, 'text'>) }))
