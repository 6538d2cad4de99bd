import type { InboundEvent, OutboundMessage, Owner } from '@copse/contracts'
import type { OpenTurn } from './open-turn.ts'
import type { Sql } from './sql.ts'

const spoken: readonly InboundEvent['kind'][] = ['text', 'payload', 'media', 'location', 'form', 'unsupported']

interface Said {
  state: 'committed' | 'dead'
  sessionId: string | null
  messages: OutboundMessage[]
  now: number
}

/**
 * What was said in a turn: the customer's words, then ours, which go to the outbox as well. One sequence for both, so
 * that a conversation reads in order. Answers with what the customer will get of it, and with the number of the last
 * one, 0 when there is none.
 */
export function appendMessages(
  sql: Sql,
  turn: OpenTurn,
  said: Said,
): { messages: OutboundMessage[]; throughSeq: number } {
  const add = (author: 'customer' | 'business', content: object): number =>
    sql.run(
      `INSERT INTO messages (conversation_id, session_id, turn_id, author, content, at) VALUES (?, ?, ?, ?, ?, ?)`,
      [turn.conversationId, said.sessionId, turn.id, author, JSON.stringify(content), said.now],
    ).lastId

  for (const { event } of turn.inbox) {
    if (!spoken.includes(event.kind)) continue
    const { text = '', payload, media } = event
    add('customer', { text, ...(payload === undefined ? {} : { payload }), ...(media === undefined ? {} : { media }) })
  }

  const first = turn.inbox[0]!
  // A message that died, was redriven and dies again is apologised for again.
  const prefix = said.state === 'committed' ? String(first.id) : `${first.id}:${turn.id}`
  const author = confirmsOptingOut(sql, turn) ? 'system' : 'bot'
  const isTaken = ownerOf(sql, turn) === 'human'
  let throughSeq = 0
  for (const [n, message] of said.messages.entries()) {
    throughSeq = add('business', message)
    sql.run(
      `INSERT INTO outbox (seq, key, conversation_id, channel, alias, author, state, created_at, due_at, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        throughSeq,
        `${prefix}:${n}`,
        turn.conversationId,
        first.channel,
        first.alias,
        author,
        // A person took over while the turn was under way.
        isTaken ? 'dropped' : 'pending',
        said.now,
        said.now,
        isTaken ? 'taken_over' : null,
      ],
    )
  }
  return isTaken ? { messages: [], throughSeq: 0 } : { messages: said.messages, throughSeq }
}

const ownerOf = (sql: Sql, { conversationId }: OpenTurn): Owner =>
  sql.get<{ owner: Owner }>('SELECT owner FROM conversations WHERE id = ?', [conversationId])!.owner

/** The message that opted out, and no later one, is answered. */
function confirmsOptingOut(sql: Sql, { contactId, inbox }: OpenTurn): boolean {
  const wish = inbox.find(({ event }) => event.consent === 'out')
  if (!wish) return false
  const contact = sql.get<{ at: number | null }>('SELECT opted_out_at AS at FROM contacts WHERE id = ?', [contactId])
  return contact?.at === wish.receivedAt
}
