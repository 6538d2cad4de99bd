import { assembleAtFirstRequest, createServer, installHealth, installReadiness, type Listener } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import { apiChat } from './api-chat.ts'
import { care } from './care.ts'
import { chat } from './chat.ts'
import { chatPage } from './chat-page.ts'
import { devChannel } from './dev.ts'
import type { Desk } from './desk.ts'
import { handoffs } from './handoffs.ts'
import { knowDeveloper, requireLoopback, requireToken } from './guard.ts'
import { oneTimeLinks } from './one-time-links.ts'
import { operate } from './operate.ts'
import { processRoutes } from './process.ts'
import { recordings } from './recordings.ts'
import { sessions } from './sessions.ts'
import { trace } from './trace.ts'
import { turns } from './turns.ts'
import { webhooks } from './webhooks.ts'

const bodyLimit = 64 * 1024

/** What answers where. In development both are one. */
export interface Surface {
  /** For customers and for the channels they write on. */
  open: Listener
  /** For the tenant's own people, with a token: on loopback, or on a network that only they reach. */
  closed: Listener
}

/** Every address of this process: what customers reach, what the tenant's own people reach, what only development has. */
export function createSurface(desk: Desk): Surface {
  const { logger, metrics: meter, clock, dev } = desk
  const server = () => createServer({ logger, meter, clock, bodyLimit })
  const about = () => ({
    tenant: desk.release().tenant.slug,
    instance: desk.instance,
    release: desk.release().number,
    // It serves: what is wrong is told by /internal/status, which not everybody may ask.
    ...(desk.refused() === null ? {} : { newest: 'refused' }),
  })

  const open = server()
  if (dev) requireLoopback(open)
  installHealth(open, about)
  chatPage(open, desk)
  chat(open, desk)
  webhooks(open, desk)
  handoffs(open, desk)
  oneTimeLinks(open, desk)

  const ofItsPeople = (app: FastifyInstance): void => {
    installReadiness(app, about, () => notReady(desk))
    apiChat(app, desk)
    sessions(app, desk)
    trace(app, desk)
    turns(app, desk)
    recordings(app, desk)
    operate(app, desk)
    care(app, desk)
    processRoutes(app, desk)
  }
  if (dev) {
    void open.register(async (app) => {
      knowDeveloper(app)
      ofItsPeople(app)
      devChannel(app, desk)
    })
    return { open, closed: open }
  }
  const assemble = () => {
    const closed = server()
    installHealth(closed, about)
    void closed.register(async (app) => {
      requireToken(app, desk)
      ofItsPeople(app)
    })
    return closed
  }
  return { open, closed: assembleAtFirstRequest(assemble, logger) }
}

/** Whoever is sent here would be refused. */
async function notReady({ closing, store }: Desk): Promise<string | undefined> {
  if (closing.aborted) return 'The process is stopping.'
  const refusal = await store.refusal()
  return refusal && `Nothing can be stored (${refusal.why}).`
}
