import type { Appended, InboundEvent, InboxStore, PendingContact, TurnReply } from '@copse/contracts'
import { createBursts } from './bursts.ts'
import { createContacts } from './contacts.ts'
import { forgottenKey, keyOf } from './keys.ts'
import type { Room } from './room.ts'

/** These come from ourselves: they say nothing of the customer. */
const own: readonly InboundEvent['kind'][] = ['timer', 'job', 'approval']

export function createInbox(room: Room): InboxStore {
  const { sql, commits, clock } = room
  const contacts = createContacts(room)
  const bursts = createBursts(sql)

  function appendOne(event: InboundEvent): Appended {
    const messageKey = keyOf(event.messageId)
    const known = sql.get<{ inbox_id: number; contact_id: string }>(
      'SELECT inbox_id, contact_id FROM dedupe WHERE channel = ? AND message_id IN (?, ?)',
      [event.channel, messageKey, forgottenKey(messageKey)],
    )
    if (known) return { inboxId: known.inbox_id, contactId: known.contact_id, duplicate: true, foreignAliases: 0 }

    const { contactId, foreign } = contacts.find(event.channel, event.contact)
    const conversationId = contacts.conversation(contactId, event.channel)
    const now = clock.now()
    const { lastId: inboxId } = sql.run(
      `INSERT INTO inbox (channel, alias, contact_id, conversation_id, event, state, received_at)
       VALUES (?, ?, ?, ?, ?, 'pending', ?)`,
      [event.channel, event.contact.alias, contactId, conversationId, JSON.stringify(event), now],
    )
    sql.run('INSERT INTO dedupe VALUES (?, ?, ?, ?, ?)', [event.channel, messageKey, inboxId, contactId, now])
    if (!own.includes(event.kind)) sql.run('UPDATE conversations SET heard_at = ? WHERE id = ?', [now, conversationId])
    if (event.consent !== undefined) setConsent(event.consent, contactId, now)
    return { inboxId, contactId, duplicate: false, foreignAliases: foreign }
  }

  /** The first time counts: who says it again is out since then. */
  function setConsent(consent: 'out' | 'in', contactId: string, now: number): void {
    if (consent === 'in') sql.run('UPDATE contacts SET opted_out_at = NULL WHERE id = ?', [contactId])
    else sql.run('UPDATE contacts SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL', [now, contactId])
  }

  return {
    append: (events) => commits.run(() => events.map(appendOne)),
    async pending() {
      // A turn that was buried says nothing of the one that a redriven row will be.
      return sql.all<PendingContact>(`SELECT i.contact_id AS contactId, count(*) AS messages, max(coalesce(t.attempts, 0)) AS attempts
         FROM inbox i LEFT JOIN turns t ON t.id = i.turn_id AND t.state = 'open'
         WHERE i.state = 'pending' GROUP BY i.contact_id ORDER BY min(i.id)`)
    },
    quietUntil: async (contactId, channels) => bursts.quietUntil(contactId, channels),
    async reply(inboxId) {
      const row = sql.get<{ reply: string }>(
        `SELECT t.reply FROM inbox i JOIN turns t ON t.id = i.turn_id WHERE i.id = ? AND i.state <> 'pending'`,
        [inboxId],
      )
      return row && (JSON.parse(row.reply) as TurnReply)
    },
  }
}
