import { createServer, installHealth, installReadiness } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import { apiChat } from './api-chat.ts'
import { chat } from './chat.ts'
import { chatPage } from './chat-page.ts'
import { devChannel } from './dev.ts'
import type { Desk } from './desk.ts'
import { requireLoopback, requireToken } from './guard.ts'
import { processRoutes } from './process.ts'
import { sessions } from './sessions.ts'
import { trace } from './trace.ts'

const bodyLimit = 64 * 1024

/** Every address of this process: what customers reach, what the tenant's own people reach, what only development has. */
export function createSurface(desk: Desk): FastifyInstance {
  const { logger, metrics: meter, clock, dev } = desk
  const app = createServer({ logger, meter, clock, bodyLimit })
  if (dev) requireLoopback(app)

  const about = () => ({ tenant: desk.release().tenant.slug, instance: desk.instance })
  installHealth(app, about)
  chatPage(app, desk)
  chat(app, desk)

  void app.register(async (priv) => {
    if (!dev) requireToken(priv, desk)
    installReadiness(priv, about, () => (desk.closing.aborted ? 'The process is stopping.' : undefined))
    apiChat(priv, desk)
    sessions(priv, desk)
    trace(priv, desk)
    processRoutes(priv, desk)
    if (dev) devChannel(priv, desk)
  })
  return app
}
