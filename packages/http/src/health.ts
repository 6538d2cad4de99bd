import type { FastifyInstance } from 'fastify'

/** Members of every answer, e.g. tenant and instance. */
type About = () => object

/** `/healthz`: the process lives. */
export function installHealth(app: FastifyInstance, about: About): void {
  app.get('/healthz', async () => ({ ok: true, ...about() }))
}

/** `/readyz`: it may be sent work, or says in words why not. */
export function installReadiness(
  app: FastifyInstance,
  about: About,
  notReady: () => Promise<string | undefined>,
): void {
  app.get('/readyz', async (_, reply) => {
    const reason = await notReady()
    if (reason === undefined) return { ready: true, ...about() }
    return reply.code(503).send({ ready: false, reason, ...about() })
  })
}
