import type { Appended, InboundEvent, InboxStore, PendingContact, TurnReply } from '@copse/contracts'
import type { Room } from './room.ts'

export function createInbox({ sql, commits, clock, ids }: Room): InboxStore {
  function appendOne(event: InboundEvent): Appended {
    const known = sql.get<{ inbox_id: number; contact_id: string }>(
      'SELECT inbox_id, contact_id FROM dedupe WHERE channel = ? AND message_id = ?',
      [event.channel, event.messageId],
    )
    if (known) return { inboxId: known.inbox_id, contactId: known.contact_id, duplicate: true }

    const contactId = contactOf(event)
    const conversationId = conversationOf(contactId, event.channel)
    const now = clock.now()
    const { lastId: inboxId } = sql.run(
      `INSERT INTO inbox (channel, alias, contact_id, conversation_id, event, state, received_at)
       VALUES (?, ?, ?, ?, ?, 'pending', ?)`,
      [event.channel, event.contact.alias, contactId, conversationId, JSON.stringify(event), now],
    )
    sql.run('INSERT INTO dedupe VALUES (?, ?, ?, ?, ?)', [event.channel, event.messageId, inboxId, contactId, now])
    return { inboxId, contactId, duplicate: false }
  }

  function contactOf({ channel, contact: { alias, name } }: InboundEvent): string {
    const known = sql.get<{ contact_id: string }>('SELECT contact_id FROM aliases WHERE channel = ? AND alias = ?', [
      channel,
      alias,
    ])
    if (known) {
      if (name !== undefined) {
        sql.run('UPDATE contacts SET name = ? WHERE id = ? AND name IS NOT ?', [name, known.contact_id, name])
      }
      return known.contact_id
    }
    const id = ids.newId()
    sql.run('INSERT INTO contacts (id, name, created_at) VALUES (?, ?, ?)', [id, name ?? null, clock.now()])
    sql.run('INSERT INTO aliases VALUES (?, ?, ?)', [channel, alias, id])
    return id
  }

  function conversationOf(contactId: string, channel: string): string {
    const known = sql.get<{ id: string }>('SELECT id FROM conversations WHERE contact_id = ? AND channel = ?', [
      contactId,
      channel,
    ])
    if (known) return known.id
    const id = ids.newId()
    sql.run('INSERT INTO conversations (id, contact_id, channel, created_at) VALUES (?, ?, ?, ?)', [
      id,
      contactId,
      channel,
      clock.now(),
    ])
    return id
  }

  return {
    append: (events) => commits.run(() => events.map(appendOne)),
    async pending() {
      return sql.all<PendingContact>(`SELECT i.contact_id AS contactId, count(*) AS messages, max(coalesce(t.attempts, 0)) AS attempts
         FROM inbox i LEFT JOIN turns t ON t.id = i.turn_id
         WHERE i.state = 'pending' GROUP BY i.contact_id ORDER BY min(i.id)`)
    },
    async reply(inboxId) {
      const row = sql.get<{ reply: string }>(
        `SELECT t.reply FROM inbox i JOIN turns t ON t.id = i.turn_id WHERE i.id = ? AND i.state <> 'pending'`,
        [inboxId],
      )
      return row && (JSON.parse(row.reply) as TurnReply)
    },
  }
}
