import { parse } from '@copse/http'
import { withoutLinks } from '@copse/vault'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const number = z.coerce.number<string>().int().min(0)
const turnsQuery = z.strictObject({
  contact_id: z.string().optional(),
  conversation_id: z.string().optional(),
  after: number.optional(),
  /** Numbers between commas: those that were under way when one asked before. */
  also: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(number).max(1_000))
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
const contactsQuery = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ user_id: z.string().min(1), channel: z.string().optional() }),
])

/** Turns one after the other, whatever they belong to, and whom they are with. */
export function turns(app: FastifyInstance, { store }: Desk): void {
  app.get('/api/turns', async (request) => {
    const { contact_id: contactId, conversation_id: conversationId, ...query } = parse(turnsQuery, request.query)
    const given = Object.entries({ ...query, contactId, conversationId }).filter(([, value]) => value !== undefined)
    return withoutLinks({
      turns: await store.turns(Object.fromEntries(given)),
      interventions: contactId === undefined ? [] : await store.interventionsFor(contactId),
    })
  })

  app.get('/api/contacts', async (request) => {
    const query = parse(contactsQuery, request.query)
    if ('id' in query) return { contacts: await store.contacts(query) }
    const { user_id: alias, channel } = query
    return { contacts: await store.contacts({ alias, ...(channel === undefined ? {} : { channel }) }) }
  })
}
