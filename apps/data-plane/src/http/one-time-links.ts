import { Fault, type InboundEvent, type JsonObject } from '@copse/contracts'
import { parse } from '@copse/http'
import { openLink } from '@copse/vault'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answeredPage, approvalIn, approvalPage, type Approval } from './approval-page.ts'
import type { Desk } from './desk.ts'
import { answerBrowsers, htmlType, tokenIn, wantsPage } from './link-page.ts'

const answer = z.record(z.string(), z.json()).default({})
/** What the two buttons post. */
const verdict = z.strictObject({ approved: z.enum(['true', 'false']) })
const carried = z.strictObject({
  channel: z.string(),
  alias: z.string(),
  sessionId: z.string().optional(),
  language: z.string().optional(),
})

const answered = (): Fault => new Fault('link_used', { detail: 'It was answered already; the first answer counts.' })

type Kind = 'job' | 'approval'
type Asked = { Params: { id: string }; Querystring: unknown }

/** A job that is finished, an approval that is given: said once, by whoever holds the link, and then by nobody. */
export function oneTimeLinks(app: FastifyInstance, { lane, store, linkKey, clock, release }: Desk): void {
  async function open(kind: Kind, request: FastifyRequest<Asked>): Promise<z.infer<typeof carried>> {
    const { id } = request.params
    const token = tokenIn(request.query)
    const link = openLink(linkKey, token, { kind, id, now: clock.now() })
    if (await store.isLinkUsed(`${kind}:${id}`)) throw answered()
    return carried.parse(link.data)
  }

  async function take(kind: Kind, request: FastifyRequest<Asked>, data: JsonObject): Promise<void> {
    const { channel, alias, sessionId, language } = await open(kind, request)
    const { id } = request.params
    const used = `${kind}:${id}`
    const event: InboundEvent = {
      channel,
      messageId: `$link:${used}`,
      contact: { alias },
      kind,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(language === undefined ? {} : { language }),
      data: { ...data, id },
    }
    // The inbox takes it once, whoever else posts at the same time; what is written down after it outlives that.
    const { duplicate } = await lane.submit(event)
    await store.useLink(used)
    if (duplicate) throw answered()
  }

  /** Whoever answers by a page is told what becomes of it, so nobody is told so for nothing. */
  async function awaited(request: FastifyRequest<Asked>): Promise<Approval> {
    const { sessionId } = await open('approval', request)
    const session = sessionId === undefined ? undefined : await store.session(sessionId)
    const found = session && approvalIn(session, request.params.id)
    if (!found) throw new Fault('link_used', { detail: 'Nobody waits for it any more.' })
    return found
  }

  app.post<Asked>('/jobs/:id', async (request, reply) => {
    await take('job', request, parse(answer, request.body ?? {}))
    return reply.code(202).send({ accepted: true })
  })

  void app.register(async (scope) => {
    answerBrowsers(scope, 'This approval cannot be opened')

    // Mail programs and messengers open what they deliver: looking answers nothing.
    scope.get<Asked>('/approvals/:id', async (request, reply) => {
      const found = await awaited(request)
      if (!wantsPage(request)) return found
      return reply.type(htmlType).send(approvalPage(release().tenant.name, found))
    })

    scope.post<Asked>('/approvals/:id', async (request, reply) => {
      if (!wantsPage(request)) {
        await take('approval', request, parse(answer, request.body ?? {}))
        return reply.code(202).send({ accepted: true })
      }
      const approved = parse(verdict, request.body).approved === 'true'
      await awaited(request)
      await take('approval', request, { approved })
      return reply.code(202).type(htmlType).send(answeredPage(release().tenant.name, approved))
    })
  })
}
