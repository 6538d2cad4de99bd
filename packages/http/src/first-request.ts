import { createServer, type Server } from 'node:http'
import type { Logger } from '@copse/contracts'
import type { FastifyInstance } from 'fastify'
import { impatience } from './server.ts'

/** What listens, whether its routes are there already or not. */
export interface Listener {
  server: Server
  listen(at: { host: string; port: number }): Promise<unknown>
  close(): Promise<unknown>
}

/** Fastify's own. */
const keepAliveMs = 72_000

/** Listens at once and puts its routes together at its first request: of those that are seldom asked, most starts need none. */
export function assembleAtFirstRequest(assemble: () => FastifyInstance, logger: Logger): Listener {
  const server = createServer({ ...impatience().http, keepAliveTimeout: keepAliveMs })
  let assembled: Promise<FastifyInstance> | undefined
  const ready = async (): Promise<FastifyInstance> => {
    const app = assemble()
    await app.ready()
    return app
  }
  server.on('request', (request, response) => {
    assembled ??= ready()
    assembled
      .then((app) => app.routing(request, response))
      .catch((error: unknown) => {
        logger.error({ error }, 'the routes could not be put together')
        response.writeHead(500).end()
      })
  })
  return {
    server,
    listen: ({ host, port }) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      }),
    async close() {
      const ended = server.listening ? new Promise((resolve) => server.close(resolve)) : undefined
      // From here on it answers who is still connected that it goes.
      await (await assembled)?.close()
      await ended
    },
  }
}
