import { Fault } from '@copse/contracts'
import type { FastifyInstance } from 'fastify'
import type { Desk } from './desk.ts'
import { statusOf } from './status.ts'

/** How the process is, and the one thing that an author may ask of it. */
export function processRoutes(app: FastifyInstance, desk: Desk): void {
  const { metrics, reload } = desk

  app.get('/internal/status', async () => statusOf(desk))

  app.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(await metrics.text()))

  app.post('/api/procedures/reload', async () => {
    if (!reload)
      throw new Fault('not_ready', { detail: 'This tenant takes its release from the control plane. Publish there.' })
    const release = await reload()
    return {
      digest: release.digest,
      procedures: release.procedures.map(({ id, version, treeHash }) => ({ id, version, treeHash })),
    }
  })
}
