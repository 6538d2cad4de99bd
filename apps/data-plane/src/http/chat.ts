import { Fault } from '@copse/contracts'
import { toInbound, webChatRequest } from '@copse/channels'
import { parse } from '@copse/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { chatCookie, readCookie } from './cookie.ts'
import { demoCustomers } from './demo-customers.ts'
import type { Desk } from './desk.ts'
import { streamEvents } from './events.ts'
import { requireSameOrigin } from './guard.ts'
import { aliasOf, mintVisitor, openVisitor, type Visitor } from './visitor.ts'

const bodyLimit = 64 * 1024
const channel = 'webchat'
const speakAs = z.strictObject({ as: z.string().max(128).nullable() })

/** The web chat's routes beside its page. */
export function chat(app: FastifyInstance, desk: Desk): void {
  const { lane, release, dev, ids, clock, visitorKey } = desk
  // Cookies do not tell ports apart, so the name tells tenants apart.
  const cookieName = (): string => `copse_visitor_${release().tenant.slug}`

  const found = (request: FastifyRequest): Visitor | undefined =>
    openVisitor(visitorKey, readCookie(request.headers.cookie, cookieName()) ?? '')
  const greet = (reply: FastifyReply, visitor: Visitor): Visitor => {
    reply.header('set-cookie', chatCookie(cookieName(), mintVisitor(visitorKey, visitor), !dev))
    return visitor
  }
  const known = (request: FastifyRequest): Visitor => {
    const visitor = found(request)
    if (!visitor)
      throw new Fault('token_missing', { detail: 'Open /chat first: it gives the browser its visitor cookie.' })
    return visitor
  }

  app.get('/chat/config', async (request, reply) => {
    // Whoever kept this answer for others would make them one visitor.
    reply.header('cache-control', 'no-store')
    // Each visit makes the cookie last anew: who is in the middle of something is not to become a stranger.
    const visitor = greet(reply, found(request) ?? { id: ids.newId() })
    const { tenant } = release()
    return {
      tenant: { slug: tenant.slug, name: tenant.name },
      language: tenant.profile.languages[0] ?? 'en',
      inspector: dev,
      customers: dev ? demoCustomers(release()) : [],
      speakingAs: visitor.as ?? null,
    }
  })

  app.post('/chat/messages', { bodyLimit }, async (request, reply) => {
    requireSameOrigin(request, release().tenant.profile.publicUrl)
    const visitor = known(request)
    const { id, text, payload, on, fresh } = parse(webChatRequest, request.body)
    const alias = aliasOf(visitor)
    const language = request.headers['accept-language']?.slice(0, 2)
    const event = toInbound({
      channel,
      messageId: id,
      alias,
      text,
      payload,
      on,
      fresh,
      language,
      sentAt: clock.now(),
    })
    const { duplicate } = await lane.submit(event)
    return reply.code(202).send({ id, duplicate })
  })

  // A HEAD would be a stream that says nothing and never ends.
  app.get('/chat/events', { exposeHeadRoute: false }, async (request, reply) =>
    streamEvents(desk, request, reply, { channel, alias: aliasOf(known(request)) }),
  )

  if (!dev) return
  app.post('/chat/visitor', { bodyLimit }, async (request, reply) => {
    const { as } = parse(speakAs, request.body)
    const { id } = found(request) ?? { id: ids.newId() }
    if (as !== null && !demoCustomers(release()).some((customer) => customer.id === as)) throw new Fault('not_found')
    greet(reply, as === null ? { id } : { id, as })
    return { speakingAs: as }
  })
}
