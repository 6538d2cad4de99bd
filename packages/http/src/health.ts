import type { FastifyInstance } from 'fastify'

export interface HealthOptions {
  /** Members of the answer, e.g. tenant and instance. */
  about: () => object
  /** What is not ready yet, in words; undefined when all is. */
  notReady?: () => string | undefined
}

/** `/healthz`: the process lives. `/readyz`: it may be sent work. */
export function installHealth(app: FastifyInstance, options: HealthOptions): void {
  app.get('/healthz', async () => ({ ok: true, ...options.about() }))
  const { notReady } = options
  if (!notReady) return
  app.get('/readyz', async (_, reply) => {
    const reason = notReady()
    return reply
      .code(reason === undefined ? 200 : 503)
      .send({ ready: reason === undefined, ...options.about(), ...(reason === undefined ? {} : { reason }) })
  })
}
