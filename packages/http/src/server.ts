import { fastify, type FastifyInstance } from 'fastify'
import type { Clock, Logger, Meter } from '@copse/contracts'
import { answerProblem, installProblems } from './problems.ts'
import { requestIdOf } from './request-id.ts'

export interface ServerOptions {
  logger: Logger
  meter: Meter
  clock: Clock
  bodyLimit: number
  requestTimeoutMs?: number
}

/** Enough for the slowest honest request. Fastify alone waits for ever for one that never ends. */
export const impatience = (requestTimeoutMs = 30_000) => ({
  requestTimeout: requestTimeoutMs,
  http: {
    requestTimeout: requestTimeoutMs,
    // Node looks at the limit of the whole only when that of the head is no longer.
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 4),
  },
})

/** A Fastify server with our edge on it: request ids, one log line per request, problem documents. */
export function createServer({ logger, meter, clock, bodyLimit, requestTimeoutMs }: ServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit,
    ...impatience(requestTimeoutMs),
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Raised before any route is found, e.g. an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => answerProblem(logger, error, request, reply),
  })
  installProblems(app, logger)
  const startedAt = new WeakMap<object, number>()
  app.addHook('onRequest', async (request, reply) => {
    startedAt.set(request, clock.now())
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
  })
  app.addHook('onResponse', async (request, reply) => {
    const tookMs = clock.now() - (startedAt.get(request) ?? clock.now())
    // The route's pattern, never the address: ids in it are no labels, and queries can hold anything.
    const route = request.routeOptions.url ?? 'unknown'
    const status = String(reply.statusCode)
    meter.count('http_requests_total', 1, { method: request.method, route, status })
    meter.observe('http_request_ms', tookMs, { route })
    logger.debug({ requestId: request.id, method: request.method, route, status: reply.statusCode, tookMs }, 'request')
  })
  return app
}
