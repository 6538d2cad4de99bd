import { Fault, type StoredSession } from '@copse/contracts'
import { parse } from '@copse/http'
import { withoutLinks } from '@copse/vault'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const limit = z.coerce.number().int().min(1).max(500).default(100)
const listQuery = z.strictObject({
  contact_id: z.string().optional(),
  user_id: z.string().optional(),
  channel: z.string().default('api'),
  limit,
})
const messagesQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) })
const effectsQuery = z.strictObject({
  session_id: z.string().optional(),
  state: z.enum(['intent', 'done', 'no', 'unavailable', 'uncertain']).optional(),
  limit,
})
const ofSession = z.strictObject({ session_id: z.string().optional(), limit })

/** What a person reads of what was said and done. */
export function sessions(app: FastifyInstance, { store }: Desk): void {
  /** A list of a session that there is not would look like one on which nothing was done. */
  const known = async (id: string | undefined): Promise<string | undefined> => id && (await mustFind(store, id)).id

  app.get('/api/sessions', async (request) => {
    const query = parse(listQuery, request.query)
    if (query.user_id === undefined) {
      const contact = query.contact_id === undefined ? {} : { contactId: query.contact_id }
      return { sessions: await store.sessions({ ...contact, limit: query.limit }) }
    }
    const contact = await store.contact(query.channel, query.user_id)
    return { sessions: contact ? await store.sessions({ contactId: contact.id, limit: query.limit }) : [] }
  })

  app.get<{ Params: { id: string } }>('/api/sessions/:id/messages', async (request) => {
    const { after } = parse(messagesQuery, request.query)
    const { id } = await mustFind(store, request.params.id)
    return { messages: await store.messages({ sessionId: id }, after) }
  })

  app.get('/api/effects', async (request) => {
    const { session_id, ...query } = parse(effectsQuery, request.query)
    const sessionId = await known(session_id)
    return withoutLinks({ effects: await store.effects(without({ ...query, sessionId })) })
  })

  app.get('/api/handoffs', async (request) => {
    const { session_id, ...query } = parse(ofSession, request.query)
    const sessionId = await known(session_id)
    return { handoffs: await store.handoffs(without({ ...query, sessionId })) }
  })

  app.get('/api/timers', async (request) => {
    const { session_id, ...query } = parse(ofSession, request.query)
    const sessionId = await known(session_id)
    return { timers: await store.timers(without({ ...query, sessionId })) }
  })
}

export async function mustFind(store: Desk['store'], id: string): Promise<StoredSession> {
  const session = await store.session(id)
  if (!session) throw new Fault('session_not_found', { detail: `There is no session ${id}.` })
  return session
}

/** A filter that was not given is absent, not undefined. */
function without<T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never
}
