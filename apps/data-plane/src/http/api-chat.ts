import { chatRequest, Fault, type ChatResponse, type StoredSession, type TurnReply } from '@copse/contracts'
import { toInbound } from '@copse/channels'
import { parse } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import type { Desk } from './desk.ts'

const bodyLimit = 64 * 1024
const channel = 'api'

/** POST /api/chat: one message in, the answer out when the turn rests. */
export function apiChat(app: FastifyInstance, { lane, store, ids, clock, logger, answerTimeoutMs }: Desk): void {
  app.post('/api/chat', { bodyLimit }, async (request, reply) => {
    const body = parse(chatRequest, request.body)
    const event = toInbound({
      channel,
      messageId: body.message_id ?? ids.newId(),
      alias: body.user_id,
      text: body.message,
      payload: body.payload,
      sessionId: body.session_id,
      sentAt: clock.now(),
    })
    const named = body.session_id === undefined ? undefined : await sessionOf(body.session_id, body.user_id)
    const { inboxId, duplicate } = await lane.submit(event)
    const answer = await lane.settled(inboxId, answerTimeoutMs)
    if (!answer) return reply.code(202).send(await pending(body.session_id, body.user_id))
    // Only once the answer is written: a crash before it leaves them to be read again.
    reply.raw.once('finish', () => {
      store
        .delivered(answer.conversationId, answer.throughSeq)
        .catch((error: unknown) => logger.warn({ error }, 'delivery not recorded'))
    })
    // To a caller an ended session is complete, whoever it was handed to; a duplicate gets the first answer.
    const hadEnded = named !== undefined && named.status !== 'waiting' && !duplicate
    return { ...toResponse(answer), ...(hadEnded ? { status: 'completed' } : {}) }
  })

  async function sessionOf(sessionId: string, userId: string): Promise<StoredSession> {
    const [session, contact] = await Promise.all([store.session(sessionId), store.contact(channel, userId)])
    if (!session || session.contactId !== contact?.id) throw new Fault('session_not_found')
    return session
  }

  /** Not at rest in time: the message is safe, and this says where its answer will be. */
  async function pending(asked: string | undefined, userId: string): Promise<object> {
    const contact = await store.contact(channel, userId)
    const [latest] = contact ? await store.sessions({ contactId: contact.id, limit: 1 }) : []
    const sessionId = asked ?? latest?.id ?? null
    const read =
      sessionId === null ? `/api/sessions?user_id=${encodeURIComponent(userId)}` : `/api/sessions/${sessionId}/messages`
    return { session_id: sessionId, status: 'pending', read }
  }
}

function toResponse({ sessionId, status, intent, step, messages }: TurnReply): ChatResponse {
  const response = messages.map(({ text }) => text).join('\n\n')
  return { session_id: sessionId, status, intent, step, response, messages }
}
