import { Fault, type HandoffCase } from '@copse/contracts'
import { parse } from '@copse/http'
import { openLink } from '@copse/vault'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'
import { closedPage, handoffPage } from './handoff-page.ts'
import { answerBrowsers, htmlType, tokenIn, wantsPage } from './link-page.ts'

const name = z.string().trim().min(1).max(80)
const wish = z.union([
  z.strictObject({ take: name }),
  z.strictObject({ say: z.string().trim().min(1).max(4_000), key: z.string().min(8).max(64).optional() }),
  /** Who had the case on the page: it may be older than its taking. */
  z.strictObject({ close: z.literal([true, 'true']), seen: z.string().optional() }),
])

type Asked = { Params: { id: string } }

/** A case, for the person who got its link. The link opens this case only, until it is closed. */
export function handoffs(app: FastifyInstance, desk: Desk): void {
  const { lane, store, linkKey, clock, ids, release, givenBack } = desk

  async function open(request: FastifyRequest<Asked>): Promise<HandoffCase> {
    const { id } = request.params
    const token = tokenIn(request.query)
    openLink(linkKey, token, { kind: 'handoff', id, now: clock.now() })
    const found = await store.handoff(id)
    if (!found || found.state === 'closed') throw new Fault('link_used', { detail: 'The case is closed.' })
    return found
  }

  async function act({ id, conversationId, state, takenBy, language }: HandoffCase, asked: z.infer<typeof wish>) {
    const who = takenBy ?? 'somebody with the link'
    if ('take' in asked) {
      return lane.takeOver({ conversationId, who: asked.take, reason: `handoff ${id}`, untakenHandoff: id })
    }
    if ('say' in asked) {
      if (state !== 'taken') throw new Fault('not_ready', { detail: 'Take the case first.' })
      const key = asked.key ?? ids.newId()
      return lane.say({ conversationId, message: { text: asked.say }, who, key })
    }
    if (asked.seen !== undefined && asked.seen !== (takenBy ?? ''))
      throw new Fault('case_taken', { detail: `${who} has this case. Open it again before you close it.` })
    // In this order: a conversation that was given back says nothing for a person any more.
    await lane.say({ conversationId, message: givenBack(language), who, key: `close ${id}` })
    return lane.giveBack({ conversationId, who, reason: `handoff ${id}` })
  }

  void app.register(async (scope) => {
    answerBrowsers(scope, 'This case cannot be opened')

    scope.get<Asked>('/handoffs/:id', async (request, reply) => {
      const found = await open(request)
      if (!wantsPage(request)) return found
      const { name: tenant, profile } = release().tenant
      const shown = { tenant, timeZone: profile.timeZone, key: ids.newId() }
      return reply.type(htmlType).send(handoffPage(found, shown))
    })

    scope.post<Asked>('/handoffs/:id', async (request, reply) => {
      const found = await open(request)
      const asked = parse(wish, request.body)
      await act(found, asked)
      if (!wantsPage(request)) return reply.code(202).send({ done: true })
      if ('close' in asked) return reply.type(htmlType).send(closedPage(release().tenant.name))
      return reply.redirect(request.url, 303)
    })
  })
}
