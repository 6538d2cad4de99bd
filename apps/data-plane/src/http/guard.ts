import { Fault } from '@copse/contracts'
import { sameToken, verifyOperatorToken } from '@copse/vault'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from '../config.ts'
import type { Desk } from './desk.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on a private route: it stands beside what they decide. */
    operator: string
  }
}

/**
 * Private routes ask for an operator token, which is checked here without asking anybody, or for the token that this
 * process was started with. A token that may only read gets no further than reading.
 */
export function requireToken(app: FastifyInstance, desk: Desk): void {
  const { operatorToken, operatorKey, release, clock } = desk
  app.decorateRequest('operator', '')
  app.addHook('onRequest', async (request) => {
    const [scheme, token] = request.headers.authorization?.split(' ') ?? []
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Fault('token_missing')
    if (operatorToken !== undefined && sameToken(token, operatorToken)) {
      // A tenant of local YAML has none.
      request.operator = desk.reload ? 'operator' : 'control plane'
      return
    }
    const publicKey = operatorKey()
    if (publicKey === undefined) throw new Fault('token_invalid')
    const { who, can } = verifyOperatorToken(token, publicKey, { tenant: release().tenant.id, now: clock.now() })
    if (can === 'read' && request.method !== 'GET' && request.method !== 'HEAD') throw new Fault('forbidden')
    request.operator = who
  })
}

/** In development whoever asks is at this machine. */
export function knowDeveloper(app: FastifyInstance): void {
  app.decorateRequest('operator', 'developer')
}

/**
 * In development nothing asks for a token, so only this machine's own pages may ask: a site in the developer's
 * browser must reach nothing, neither by address nor by a name that it made point here.
 */
export function requireLoopback(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const origin = request.headers.origin
    if (isLoopback(request.hostname) && (origin === undefined || isLoopback(hostOf(origin)))) return
    throw new Fault('token_invalid', { detail: 'Development mode answers only to localhost.' })
  })
}

/**
 * The page posts with a cookie, which a browser would send along from anywhere: so the post must come from the page. Many
 * a proxy puts a `host` of its own in the place of the one that the browser asked.
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host } = request.headers
  if (origin === undefined) return
  const from = URL.parse(origin)
  if (from?.host === host || (publicUrl !== undefined && from?.origin === URL.parse(publicUrl)?.origin)) return
  throw new Fault('token_invalid', {
    detail: 'Posted from another site. A proxy must pass `host` on, or `publicUrl` of the profile name its address.',
  })
}

const hostOf = (origin: string): string => URL.parse(origin)?.hostname ?? ''
