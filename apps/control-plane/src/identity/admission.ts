import { Fault } from '@copse/contracts'
import { RouteConfig } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import type { AdminKey } from './admin-key.ts'
import { bearerToken } from './bearer.ts'

/** A route without this mark needs the admin key. */
export const Public = (): MethodDecorator & ClassDecorator => RouteConfig({ public: true })

/**
 * Asks before the body is read, so that a stranger costs nothing; and by the matched route, not by the path's text,
 * which can be spelled in many ways.
 */
export function requireAdminKey(fastify: FastifyInstance, adminKey: AdminKey): void {
  fastify.addHook('onRequest', async (request) => {
    const route = request.routeOptions
    if (route.url === undefined || ('public' in route.config && route.config.public === true)) return
    if (!adminKey.accepts(bearerToken(request.headers.authorization))) throw new Fault('token_invalid')
  })
}
