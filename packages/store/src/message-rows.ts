import type { OutboundMessage } from '@copse/contracts'
import type { OpenTurn } from './open-turn.ts'
import type { Sql } from './sql.ts'

/**
 * What was said in a turn: the customer's words, then ours, which go to the outbox as well. One sequence for both, so
 * that a conversation reads in order. Answers with the number of our last message, 0 when there is none.
 */
export function appendMessages(
  sql: Sql,
  turn: OpenTurn,
  said: { state: 'committed' | 'dead'; sessionId: string | null; messages: OutboundMessage[]; now: number },
): number {
  const add = (author: 'customer' | 'business', content: object): number =>
    sql.run(
      `INSERT INTO messages (conversation_id, session_id, turn_id, author, content, at) VALUES (?, ?, ?, ?, ?, ?)`,
      [turn.conversationId, said.sessionId, turn.id, author, JSON.stringify(content), said.now],
    ).lastId

  for (const { event } of turn.inbox) {
    if (event.kind !== 'text' && event.kind !== 'payload') continue
    add('customer', { text: event.text ?? '', ...(event.payload === undefined ? {} : { payload: event.payload }) })
  }

  const first = turn.inbox[0]!
  // A message that died, was redriven and dies again is apologised for again.
  const prefix = said.state === 'committed' ? String(first.id) : `${first.id}:${turn.id}`
  let throughSeq = 0
  for (const [n, message] of said.messages.entries()) {
    throughSeq = add('business', message)
    sql.run(
      `INSERT INTO outbox (seq, key, conversation_id, channel, alias, state, created_at, due_at)
       VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)`,
      [throughSeq, `${prefix}:${n}`, turn.conversationId, first.channel, first.alias, said.now, said.now],
    )
  }
  return throughSeq
}
