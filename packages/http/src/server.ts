import { fastify, type FastifyInstance } from 'fastify'
import type { Clock, Logger, Meter } from '@copse/contracts'
import { answerProblem, installProblems } from './problems.ts'
import { requestIdOf } from './request-id.ts'
import { boundUnfinishedBodies } from './unfinished-bodies.ts'

export interface ServerOptions {
  logger: Logger
  meter: Meter
  clock: Clock
  bodyLimit: number
  requestTimeoutMs?: number
  /** What bodies may hold together that have not ended. */
  unfinishedBytes?: number
}

/** Ten of the largest that any channel posts. */
const defaultUnfinishedBytes = 32 * 1024 * 1024

/** Enough for the slowest honest request. Fastify alone waits for ever for one that never ends. */
export const impatience = (requestTimeoutMs = 30_000) => ({
  requestTimeout: requestTimeoutMs,
  http: {
    requestTimeout: requestTimeoutMs,
    // Node looks at the limit of the whole only when that of the head is no longer.
    headersTimeout: requestTimeoutMs,
    // Cheap: only those whose time is over are looked at.
    connectionsCheckingInterval: Math.min(1_000, Math.ceil(requestTimeoutMs / 4)),
  },
})

const ofNoSchema = (): never => {
  throw new Error('Routes check with `parse`: Fastify is given no schemas.')
}

/** A Fastify server with our edge on it: request ids, one log line per request, problem documents. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { logger, meter, clock, bodyLimit, requestTimeoutMs, unfinishedBytes = defaultUnfinishedBytes } = options
  const app = fastify({
    bodyLimit,
    ...impatience(requestTimeoutMs),
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Else it loads two compilers of JSON schemas, at every start, to compile none.
    schemaController: { compilersFactory: { buildValidator: ofNoSchema, buildSerializer: ofNoSchema } },
    // Raised before any route is found, e.g. an address that cannot be decoded.
    frameworkErrors: (error, request, reply) => answerProblem(logger, error, request, reply),
  })
  installProblems(app, logger)
  boundUnfinishedBodies(app, unfinishedBytes)
  const startedAt = new WeakMap<object, number>()
  app.addHook('onRequest', async (request, reply) => {
    startedAt.set(request, clock.now())
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Whoever has their answer and goes on sending would be read to the end of their patience.
    if (!request.raw.complete) reply.header('connection', 'close')
    done(null, payload)
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
