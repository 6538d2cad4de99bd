import { Fault } from '@copse/contracts'
import { toInbound } from '@copse/channels'
import { parse } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const channel = 'http_dev'
const inbound = z.strictObject({
  from: z.string().min(1).max(128),
  text: z.string().optional(),
  payload: z.string().min(1).max(256).optional(),
  message_id: z.string().min(1).max(128).optional(),
})
const messagesQuery = z.strictObject({ from: z.string().min(1), after: z.coerce.number().int().min(0).default(0) })

/** http_dev: a channel for scripts. Events are accepted at once and messages read back, as with a real channel. */
export function devChannel(app: FastifyInstance, { lane, store, ids, clock }: Desk): void {
  app.post('/inbound', async (request, reply) => {
    const { from, text, payload, message_id: given } = parse(inbound, request.body)
    const messageId = given ?? ids.newId()
    const { duplicate } = await lane.submit(
      toInbound({ channel, messageId, alias: from, text, payload, sentAt: clock.now() }),
    )
    return reply.code(200).send({ accepted: true, duplicate })
  })

  app.get('/messages', async (request) => {
    const { from, after } = parse(messagesQuery, request.query)
    const contact = await store.contact(channel, from)
    if (!contact) throw new Fault('not_found', { detail: `${from} has sent nothing.` })
    const messages = await store.messages({ conversationId: contact.conversationId }, after)
    const last = messages.at(-1)
    if (last) await store.delivered(contact.conversationId, last.seq)
    return { messages }
  })
}
