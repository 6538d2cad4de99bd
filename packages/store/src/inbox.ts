import type {
  Appended,
  InboundEvent,
  InboxStore,
  PendingContact,
  StartWith,
  TurnReply,
  TurnStart,
} from '@copse/contracts'
import { createBeginning } from './begin-turn.ts'
import { createBursts } from './bursts.ts'
import { createContacts } from './contacts.ts'
import { createDedupe } from './dedupe.ts'
import { addressOf } from './handoffs/address.ts'
import { keyOf } from './keys.ts'
import type { Room } from './room.ts'

/** These come from ourselves: they say nothing of the customer. */
const own: readonly InboundEvent['kind'][] = ['timer', 'job', 'approval']

export function createInbox(room: Room): InboxStore {
  const { sql, commits, clock } = room
  const contacts = createContacts(room)
  const dedupe = createDedupe(room)
  const bursts = createBursts({ sql, clock })
  const begin = createBeginning(room)

  function appendOne(event: InboundEvent): Appended {
    const heard = dedupe.heard(event.channel, event.messageId)
    if (heard) return { ...heard, duplicate: true, foreignAliases: 0 }

    const { contactId, foreign, alias } = whose(event)
    const conversationId = contacts.conversation(contactId, event.channel)
    const now = clock.now()
    const { lastId: inboxId } = sql.run(
      `INSERT INTO inbox (channel, alias, contact_id, conversation_id, event, state, received_at)
       VALUES (?, ?, ?, ?, ?, 'pending', ?)`,
      [event.channel, alias, contactId, conversationId, JSON.stringify(event), now],
    )
    dedupe.keep(event.channel, event.messageId, { inboxId, contactId })
    // By our own clock: by one that runs ahead of the channel's, every message would look too old to be answered.
    if (!own.includes(event.kind)) sql.run('UPDATE conversations SET heard_at = ? WHERE id = ?', [now, conversationId])
    if (event.consent !== undefined) setConsent(event.consent, contactId, now)
    return { inboxId, contactId, duplicate: false, foreignAliases: foreign }
  }

  /** Whatever keeps a turn from being begun says so when it is begun by itself; the message is kept all the same. */
  async function append(events: readonly InboundEvent[], start: StartWith | undefined): Promise<Appended[]> {
    if (!start) return commits.run(() => events.map(appendOne))
    const starts = new Map<string, TurnStart | undefined>()
    let isBeginning = false
    const appendAndBegin = (): Appended[] => {
      isBeginning = false
      const appended = events.map(appendOne)
      isBeginning = true
      const first = new Set<string>()
      const all = appended.map((one, at) => {
        if (one.duplicate || first.has(one.contactId)) return one
        first.add(one.contactId)
        // A contact who is known is asked about once, also when the commit is tried again.
        if (!starts.has(one.contactId)) starts.set(one.contactId, start(one.contactId, events[at]!))
        const wanted = starts.get(one.contactId)
        const begun = wanted && begin(wanted)
        return begun ? { ...one, begun } : one
      })
      isBeginning = false
      return all
    }
    return commits.run(appendAndBegin).catch((error: unknown) => {
      if (!isBeginning) throw error
      return append(events, undefined)
    })
  }

  /** What comes from ourselves is for the contact of its session, whatever address they have by now. */
  function whose({ channel, contact, kind, sessionId }: InboundEvent): {
    contactId: string
    foreign: number
    alias: string
  } {
    const { alias } = contact
    const session =
      sessionId !== undefined && own.includes(kind)
        ? sql.get<{ contactId: string; conversationId: string }>(
            `SELECT s.contact_id AS contactId, v.id AS conversationId FROM sessions s
             JOIN conversations v ON v.id = s.conversation_id WHERE s.id = ? AND v.channel = ?`,
            [sessionId, channel],
          )
        : undefined
    if (!session) return { ...contacts.find(channel, contact), alias }
    const { contactId } = session
    const isTheirs = sql.get('SELECT 1 FROM aliases WHERE channel = ? AND alias = ? AND contact_id = ?', [
      channel,
      keyOf(alias),
      contactId,
    ])
    return {
      contactId,
      foreign: 0,
      alias: isTheirs ? alias : (addressOf(sql, { ...session, channel })?.alias ?? alias),
    }
  }

  /** The first time counts: who says it again is out since then. */
  function setConsent(consent: 'out' | 'in', contactId: string, now: number): void {
    if (consent === 'in') sql.run('UPDATE contacts SET opted_out_at = NULL WHERE id = ?', [contactId])
    else sql.run('UPDATE contacts SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL', [now, contactId])
  }

  return {
    append,
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
