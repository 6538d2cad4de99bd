import 'reflect-metadata'
import type { Logger } from '@copse/contracts'
import { answerProblem, impatience, listenOrExplain, requestIdOf } from '@copse/http'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppModule } from './app.module.ts'
import { prepareDataFolder, type Config } from './config.ts'
import { Reconciler } from './deployments/reconciler.ts'
import { acceptBodies, largestBody } from './http/bodies.ts'
import { nestLogger } from './http/log.ts'
import { ProblemFilter } from './http/problem.filter.ts'
import { validation } from './http/validation.ts'
import { AdminKey } from './identity/admin-key.ts'
import { requireAdminKey } from './identity/admission.ts'

export interface ControlPlane {
  app: NestFastifyApplication
  fastify: FastifyInstance
}

/** The whole control plane, ready to listen. */
export async function createControlPlane(config: Config, logger: Logger): Promise<ControlPlane> {
  prepareDataFolder(config.data)
  const adapter = new FastifyAdapter({
    ...impatience(),
    bodyLimit: largestBody,
    requestIdHeader: false,
    genReqId: requestIdOf,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(logger, error, request, reply),
    forceCloseConnections: 'idle',
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  })
  const fastify = adapter.getInstance<FastifyInstance>()
  acceptBodies(fastify)
  letConnectionsGo(fastify)
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
  })
  requireAdminKey(fastify, app.get(AdminKey))
  app.useGlobalFilters(new ProblemFilter(logger))
  app.useGlobalPipes(validation)
  try {
    await app.init()
  } catch (error) {
    await app.close()
    throw error
  }
  return { app, fastify }
}

/** Answers first and looks after instances then: they ask here for their bundle. */
export async function listen({ app, fastify }: ControlPlane, config: Config): Promise<number> {
  try {
    const port = await listenOrExplain(fastify, config)
    await app.get(Reconciler).begin(config.url ?? `http://127.0.0.1:${port}`)
    return port
  } catch (error) {
    await app.close()
    throw error
  }
}

/** A stop waits for answers, not for connections: one kept alive, or opened in advance, would hold it for a minute. */
function letConnectionsGo(fastify: FastifyInstance): void {
  let unanswered = 0
  let closing = false
  const endWhenDone = (): void => {
    if (closing && unanswered === 0) fastify.server.closeAllConnections()
  }
  fastify.addHook('onRequest', async (_, reply) => {
    unanswered += 1
    // Also when the caller has gone meanwhile.
    reply.raw.once('close', () => {
      unanswered -= 1
      endWhenDone()
    })
  })
  fastify.addHook('preClose', async () => {
    closing = true
    endWhenDone()
  })
}
