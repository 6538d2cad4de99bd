import {
  Fault,
  type DeadSend,
  type DeliveryStore,
  type HumanWords,
  type OutboundMessage,
  type Owner,
} from '@copse/contracts'
import { addressOf } from '../handoffs/address.ts'
import { createAttendance } from '../handoffs/attendance.ts'
import { recordIntervention } from '../interventions.ts'
import { keyOf } from '../keys.ts'
import type { Room } from '../room.ts'
import { createBusinessWords } from './business-words.ts'

const pageSize = 100

interface Said {
  seq: number
  contactId: string
}

/** What people do to the outbox: their own words, and messages that are to be sent once more. */
export function createByHand(room: Room): Pick<DeliveryStore, 'say' | 'redriveSend' | 'deadSends'> {
  const { sql, commits, clock } = room
  const words = createBusinessWords(room)
  const attendance = createAttendance(room)

  function say({ conversationId, message, who, key, returnAfterMs }: HumanWords): Said {
    const row = sql.get<{ contactId: string; channel: string; owner: Owner }>(
      'SELECT contact_id AS contactId, channel, owner FROM conversations WHERE id = ?',
      [conversationId],
    )
    if (!row) throw new Fault('not_found', { detail: `No conversation ${conversationId}.` })
    if (row.owner === 'bot') throw new Fault('not_ready', { detail: 'Take the conversation over first.' })
    const outboxKey = keyOf(`say:${conversationId}:${key}`)
    const { contactId, channel } = row
    const seq = words.add({ ...message, key: outboxKey, contactId, conversationId })
    if (seq === undefined) {
      const { seq: before } = sql.get<{ seq: number }>('SELECT seq FROM outbox WHERE key = ?', [outboxKey])!
      return { seq: before, contactId }
    }
    const now = clock.now()
    sql.run(
      `INSERT INTO outbox (seq, key, conversation_id, channel, alias, author, state, created_at, due_at)
       VALUES (?, ?, ?, ?, ?, 'human', 'pending', ?, ?)`,
      [seq, outboxKey, conversationId, channel, aliasOf(conversationId, contactId, channel), now, now],
    )
    if (row.owner === 'human') attendance.keep(conversationId, returnAfterMs)
    recordIntervention(room, { who, what: 'say', subject: conversationId, detail: { seq } })
    return { seq, contactId }
  }

  function aliasOf(conversationId: string, contactId: string, channel: string): string {
    const address = addressOf(sql, { conversationId, contactId, channel })
    if (!address) throw new Fault('not_found', { detail: `Conversation ${conversationId} has no address.` })
    return address.alias
  }

  function redriveSend(seq: number, who: string): void {
    const now = clock.now()
    const { changes } = sql.run(
      `UPDATE outbox SET state = 'pending', attempts = 0, created_at = ?, due_at = ?, error = NULL, settled_at = NULL
       WHERE seq = ? AND state = 'dead'`,
      [now, now, seq],
    )
    if (changes === 0) throw new Fault('not_found', { detail: `No dead send ${seq}.` })
    recordIntervention(room, { who, what: 'redrive_send', subject: String(seq), detail: {} })
  }

  return {
    say: (spoken) => commits.run(() => say(spoken)),
    redriveSend: (seq, who) => commits.run(() => redriveSend(seq, who)),
    async deadSends(limit = pageSize) {
      const rows = sql.all<Omit<DeadSend, 'message'> & { content: string }>(
        `SELECT o.seq, o.conversation_id AS conversationId, v.contact_id AS contactId, o.channel, m.content, o.attempts,
           o.error, m.at AS createdAt
         FROM outbox o JOIN messages m ON m.seq = o.seq JOIN conversations v ON v.id = o.conversation_id
         WHERE o.state = 'dead' ORDER BY o.seq DESC LIMIT ?`,
        [limit],
      )
      return rows.map(({ content, ...row }) => ({ ...row, message: JSON.parse(content) as OutboundMessage }))
    },
  }
}
