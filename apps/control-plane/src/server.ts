import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Logger } from '@copse/contracts'
import { impatience, listenOrExplain } from '@copse/http'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
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
    genReqId: (request: IncomingMessage) => acceptedId(request.headers['x-request-id']) ?? randomUUID(),
    forceCloseConnections: 'idle',
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(config), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  })
  const fastify = adapter.getInstance<FastifyInstance>()
  acceptBodies(fastify)
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
  })
  letConnectionsGo(fastify)
  requireAdminKey(fastify, app.get(AdminKey))
  app.useGlobalFilters(new ProblemFilter())
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

/** A connection whose request is under way at a close would be kept alive after its answer, and the close with it. */
function letConnectionsGo(fastify: FastifyInstance): void {
  let closing = false
  fastify.addHook('preClose', async () => {
    closing = true
  })
  fastify.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}

/** A caller's id is kept only when it cannot be mistaken for anything else in a log. */
const acceptedId = (id: string | string[] | undefined): string | undefined =>
  typeof id === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(id) ? id : undefined
