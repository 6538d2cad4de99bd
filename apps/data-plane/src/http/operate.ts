import { parse } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const why = z.string().min(1).max(500).default('by hand')
const verdict = z.discriminatedUnion('verdict', [
  z.strictObject({
    verdict: z.literal('confirmed'),
    /** What the operation would have answered: steps after it may read it. */
    result: z.record(z.string(), z.json()).default({}),
    why,
  }),
  z.strictObject({ verdict: z.enum(['failed', 'retry']), why }),
])
const owner = z.strictObject({ owner: z.enum(['bot', 'human']), why })
const words = z.strictObject({ id: z.string().min(8).max(64), text: z.string().min(1).max(4_000) })
const numbered = z.strictObject({ number: z.coerce.number().int().positive() })
const list = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) })

/** What a person decides by hand. Each is written down with who decided it. */
export function operate(app: FastifyInstance, { lane, store }: Desk): void {
  app.get('/api/dead-letters', async (request) => {
    const { limit } = parse(list, request.query)
    const [messages, sends] = await Promise.all([store.deadLetters(limit), store.deadSends(limit)])
    return { messages, sends }
  })

  app.post<{ Params: unknown }>('/api/dead-letters/messages/:number/redrive', async (request, reply) => {
    await lane.redrive(parse(numbered, request.params).number, request.operator)
    return reply.code(202).send({ redriven: true })
  })

  app.post<{ Params: unknown }>('/api/dead-letters/sends/:number/redrive', async (request, reply) => {
    await lane.redriveSend(parse(numbered, request.params).number, request.operator)
    return reply.code(202).send({ redriven: true })
  })

  app.post<{ Params: unknown }>('/api/dead-letters/notices/:number/redrive', async (request, reply) => {
    await lane.redriveNotice(parse(numbered, request.params).number, request.operator)
    return reply.code(202).send({ redriven: true })
  })

  app.post<{ Params: { key: string } }>('/api/effects/:key/resolve', async (request) => {
    const given = parse(verdict, request.body)
    const found =
      given.verdict === 'confirmed'
        ? ({ verdict: 'confirmed', outcome: { status: 'ok', data: given.result } } as const)
        : { verdict: given.verdict }
    await lane.resolve(request.params.key, found, request.operator, given.why)
    return { resolved: given.verdict }
  })

  app.post<{ Params: { id: string } }>('/api/conversations/:id/owner', async (request) => {
    const { owner: next, why: reason } = parse(owner, request.body)
    const change = { conversationId: request.params.id, who: request.operator, reason }
    if (next === 'human') return lane.takeOver(change)
    await lane.giveBack(change)
    return { dropped: 0 }
  })

  app.post<{ Params: { id: string } }>('/api/conversations/:id/messages', async (request, reply) => {
    const { id: key, text } = parse(words, request.body)
    const said = { conversationId: request.params.id, message: { text }, who: request.operator, key }
    return reply.code(202).send(await lane.say(said))
  })
}
