import { withoutLinks } from '@copse/vault'
import type { FastifyInstance } from 'fastify'
import type { Desk } from './desk.ts'
import { mustFind } from './sessions.ts'

/** What is needed to run sessions again; `copse replay` does. */
export function recordings(app: FastifyInstance, { store, keptReleases }: Desk): void {
  app.get<{ Params: { session: string } }>('/internal/recordings/:session', async (request) => {
    const { id } = await mustFind(store, request.params.session)
    return withoutLinks(await store.recording(id))
  })

  app.get('/internal/releases', async () => ({ releases: keptReleases() }))
}
