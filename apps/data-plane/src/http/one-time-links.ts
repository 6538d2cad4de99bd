import { Fault, type InboundEvent } from '@copse/contracts'
import { parse } from '@copse/http'
import { openLink } from '@copse/vault'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const query = z.strictObject({ token: z.string().min(1).max(2_000) })
const answer = z.record(z.string(), z.json()).default({})
const carried = z.strictObject({ channel: z.string(), alias: z.string(), sessionId: z.string().optional() })

type Asked = { Params: { id: string }; Querystring: unknown }

/** A job that is finished, an approval that is given: said once, by whoever holds the link, and then by nobody. */
export function oneTimeLinks(app: FastifyInstance, { lane, store, linkKey, clock }: Desk): void {
  for (const kind of ['job', 'approval'] as const) {
    app.post<Asked>(`/${kind}s/:id`, async (request, reply) => {
      const { id } = request.params
      const { token } = parse(query, request.query)
      const link = openLink(linkKey, token, { kind, id, now: clock.now() })
      const data = parse(answer, request.body ?? {})
      const used = `${kind}:${id}`
      if (await store.isLinkUsed(used)) throw new Fault('link_used')
      const { channel, alias, sessionId } = carried.parse(link.data)
      const event: InboundEvent = {
        channel,
        messageId: `$link:${used}`,
        contact: { alias },
        kind,
        ...(sessionId === undefined ? {} : { sessionId }),
        data: { ...data, id },
      }
      // The inbox takes it once, whoever else posts at the same time; what is written down after it outlives that.
      const { duplicate } = await lane.submit(event)
      await store.useLink(used)
      if (duplicate) throw new Fault('link_used')
      return reply.code(202).send({ accepted: true })
    })
  }
}
