import { digest, Fault, type ForgetReport } from '@copse/contracts'
import { forgottenKey } from '../keys.ts'
import type { Room } from '../room.ts'
import type { Value } from '../sql.ts'

const done = JSON.stringify({ status: 'ok', data: {} })
const failed = JSON.stringify({ status: 'no', code: 'forgotten', reason: '' })

/** In the order in which one refers to another. `:c` is the contact. Ids and states stay, and what must not repeat. */
const steps: readonly (readonly [table: string, sql: string])[] = [
  ['notices', `DELETE FROM notices WHERE handoff_id IN (SELECT id FROM handoffs WHERE contact_id = :c)`],
  [
    'handoffs',
    `UPDATE handoffs SET reason = 'forgotten', summary = '', data = '{}', state = 'closed' WHERE contact_id = :c`,
  ],
  ['timers', `DELETE FROM timers WHERE contact_id = :c`],
  ['memories', `DELETE FROM memories WHERE contact_id = :c`],
  [
    'receipts',
    `DELETE FROM receipts WHERE (channel, provider_id) IN (SELECT o.channel, o.provider_id FROM outbox o
       JOIN conversations v ON v.id = o.conversation_id WHERE v.contact_id = :c AND o.provider_id IS NOT NULL)`,
  ],
  [
    'interventions',
    `UPDATE interventions SET detail = '{}' WHERE subject IN (
       SELECT id FROM conversations WHERE contact_id = :c
       UNION SELECT id FROM turns WHERE contact_id = :c
       UNION SELECT e.key FROM effects e JOIN turns t ON t.id = e.turn_id WHERE t.contact_id = :c
       UNION SELECT CAST(o.seq AS TEXT) FROM outbox o JOIN conversations v ON v.id = o.conversation_id
         WHERE v.contact_id = :c)`,
  ],
  [
    'outbox',
    `UPDATE outbox SET alias = '', provider_id = NULL, barrier_until = NULL,
       error = iif(state IN ('pending', 'sending'), 'forgotten', NULL),
       settled_at = coalesce(settled_at, :now), state = iif(state = 'delivered', state, 'dropped')
     WHERE conversation_id IN (SELECT id FROM conversations WHERE contact_id = :c)`,
  ],
  [
    'messages',
    `UPDATE messages SET content = '{"text":""}'
     WHERE conversation_id IN (SELECT id FROM conversations WHERE contact_id = :c)`,
  ],
  ['traces', `DELETE FROM traces WHERE turn_id IN (SELECT id FROM turns WHERE contact_id = :c)`],
  [
    'journal',
    `UPDATE journal SET outcome = NULL, args_hash = '' WHERE turn_id IN (SELECT id FROM turns WHERE contact_id = :c)`,
  ],
  [
    'effects',
    `UPDATE effects SET args = 'null', args_hash = '',
       outcome = CASE state WHEN 'done' THEN '${done}' WHEN 'no' THEN '${failed}' WHEN 'unavailable' THEN '${failed}' END,
       state = iif(state = 'intent', 'uncertain', state)
     WHERE turn_id IN (SELECT id FROM turns WHERE contact_id = :c)`,
  ],
  [
    'inbox',
    `UPDATE inbox SET alias = '', state = iif(state = 'pending', 'dead', state), event = json_object('channel', channel,
       'messageId', '', 'contact', json_object('alias', ''), 'kind', json_extract(event, '$.kind'))
     WHERE turn_id IN (SELECT id FROM turns WHERE contact_id = :c)`,
  ],
  [
    'turns',
    `UPDATE turns SET error = iif(error IS NULL AND state <> 'open', NULL, 'forgotten'), seed = '',
       settled_at = coalesce(settled_at, :now), state = iif(state = 'open', 'dead', state),
       reply = json_object('turnId', id, 'conversationId', conversation_id, 'sessionId', session_id, 'status', 'none',
         'intent', NULL, 'step', NULL, 'messages', json('[]'), 'throughSeq', 0)
     WHERE contact_id = :c`,
  ],
  [
    'sessions',
    `UPDATE sessions SET snapshot = 'null', outcome = iif(status = 'waiting', 'forgotten', outcome),
       status = iif(status = 'waiting', 'completed', status)
     WHERE id IN (SELECT session_id FROM turns WHERE contact_id = :c)`,
  ],
  ['conversations', `UPDATE conversations SET data = '{}', heard_at = NULL WHERE contact_id = :c`],
  ['aliases', `DELETE FROM aliases WHERE contact_id = :c`],
  [
    'contacts',
    `UPDATE contacts SET name = NULL, customer_id = NULL, opted_out_at = NULL, forgotten_at = :now WHERE id = :c`,
  ],
]

type Forgetting = Pick<Room, 'sql' | 'clock'>

export function createForgetting({
  sql,
  clock,
}: Forgetting): (contactId: string) => ForgetReport & { ended: number[] } {
  /** A repeated webhook must still be known, and a thing that was done must not be done again: by digest only. */
  function hideKeys(contactId: string): number {
    const messages = sql.all<{ channel: string; id: string }>(
      'SELECT channel, message_id AS id FROM dedupe WHERE contact_id = ?',
      [contactId],
    )
    for (const { channel, id } of messages)
      sql.run('UPDATE dedupe SET message_id = ? WHERE channel = ? AND message_id = ?', [forgottenKey(id), channel, id])
    const effects = sql.all<{ seq: number; key: string }>(
      `SELECT e.seq, e.natural_key AS key FROM effects e JOIN turns t ON t.id = e.turn_id
       WHERE t.contact_id = ? AND e.natural_key IS NOT NULL`,
      [contactId],
    )
    for (const { seq, key } of effects)
      sql.run('UPDATE effects SET natural_key = ? WHERE seq = ?', [forgottenKey(key), seq])
    return messages.length
  }

  /** A message that nobody began on has no turn: it gets a dead one, like all that is not handled. */
  function endUnbegun(contactId: string): void {
    const waiting = sql.all<{ conversationId: string }>(
      `SELECT DISTINCT conversation_id AS conversationId FROM inbox
       WHERE contact_id = ? AND state = 'pending' AND turn_id IS NULL`,
      [contactId],
    )
    for (const { conversationId } of waiting) {
      const id = `forgotten ${digest([contactId, conversationId, clock.now()]).slice(0, 24)}`
      sql.run(
        `INSERT INTO turns (id, contact_id, conversation_id, now, seed, attempts, epoch, state)
         VALUES (?, ?, ?, ?, '', 0, 0, 'open')`,
        [id, contactId, conversationId, clock.now()],
      )
      sql.run(
        `UPDATE inbox SET turn_id = ? WHERE contact_id = ? AND conversation_id = ? AND state = 'pending'
           AND turn_id IS NULL`,
        [id, contactId, conversationId],
      )
    }
  }

  return (contactId) => {
    const contact = sql.get<{ id: string }>('SELECT id FROM contacts WHERE id = ?', [contactId])
    if (!contact) throw new Fault('not_found', { detail: `No contact ${contactId}.` })
    const ended = sql.all<{ id: number }>(
      `SELECT id FROM inbox INDEXED BY inbox_pending WHERE contact_id = ? AND state = 'pending'`,
      [contactId],
    )
    const cleared: Record<string, number> = { dedupe: hideKeys(contactId) }
    endUnbegun(contactId)
    const now = clock.now()
    for (const [table, text] of steps) {
      const values: Value[] = []
      const positional = text.replaceAll(/:(c|now)\b/g, (_, name: string) => {
        values.push(name === 'c' ? contactId : now)
        return '?'
      })
      cleared[table] = sql.run(positional, values).changes
    }
    return { contactId, cleared, ended: ended.map(({ id }) => id) }
  }
}
