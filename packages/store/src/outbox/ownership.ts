import { Fault, type DeliveryStore, type Echo, type Owner } from '@copse/contracts'
import { createContacts } from '../contacts.ts'
import { recordIntervention } from '../interventions.ts'
import type { Room } from '../room.ts'
import { createBusinessWords } from './business-words.ts'

/** Who may speak. Taken by a person, what the bot has not sent yet is dropped in the same transaction. */
export function createOwnership(room: Room): Pick<DeliveryStore, 'setOwner' | 'applyEchoes'> {
  const { sql, commits, clock } = room
  const contacts = createContacts(room)
  const words = createBusinessWords(room)

  function setOwner({ conversationId, owner, who, reason }: Parameters<DeliveryStore['setOwner']>[0]): number {
    const before = sql.get<{ owner: Owner }>('SELECT owner FROM conversations WHERE id = ?', [conversationId])
    if (!before) throw new Fault('not_found', { detail: `No conversation ${conversationId}.` })
    const now = clock.now()
    sql.run('UPDATE conversations SET owner = ?, owner_since = ? WHERE id = ? AND owner <> ?', [
      owner,
      now,
      conversationId,
      owner,
    ])
    const dropped = owner === 'human' ? dropUnsent(conversationId, now) : 0
    if (owner === 'human') {
      sql.run(
        `UPDATE handoffs SET state = 'taken', taken_by = ?, taken_at = ? WHERE conversation_id = ? AND state = 'open'`,
        [who, now, conversationId],
      )
    }
    if (owner === 'bot') {
      sql.run(`UPDATE handoffs SET state = 'closed', closed_at = ? WHERE conversation_id = ? AND state <> 'closed'`, [
        now,
        conversationId,
      ])
    }
    const detail = { owner, before: before.owner, reason, dropped }
    recordIntervention(room, { who, what: 'owner', subject: conversationId, detail })
    return dropped
  }

  const dropUnsent = (conversationId: string, now: number): number =>
    sql.run(
      `UPDATE outbox SET state = 'dropped', error = 'taken_over', settled_at = ?
       WHERE conversation_id = ? AND state = 'pending' AND author = 'bot'`,
      [now, conversationId],
    ).changes

  function applyEcho({ channel, messageId, alias, text }: Echo): void {
    // A channel may echo what we sent ourselves, too.
    const ours = sql.get('SELECT 1 FROM outbox WHERE channel = ? AND provider_id = ?', [channel, messageId])
    if (ours) return
    const { contactId } = contacts.find(channel, { alias })
    const conversationId = contacts.conversation(contactId, channel)
    const isNew = words.add({ key: `echo:${channel}:${messageId}`, contactId, conversationId, text: text ?? '' })
    if (isNew === undefined) return
    setOwner({ conversationId, owner: 'human', who: 'channel', reason: 'The business wrote past us.' })
  }

  return {
    setOwner: (change) => commits.run(() => ({ dropped: setOwner(change) })),
    applyEchoes: (echoes) =>
      commits.run(() => {
        for (const echo of echoes) applyEcho(echo)
      }),
  }
}
