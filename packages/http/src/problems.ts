import { Fault, toProblem, type FaultCode, type Logger } from '@copse/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { fieldErrors } from './parse.ts'

/** Any error as one of the catalogue. What nobody foresaw is `internal`: its text may hold anything, so it stays here. */
export function faultOf(error: unknown, bodyLimit?: number): Fault {
  if (error instanceof Fault) return error
  if (error instanceof ZodError)
    return new Fault('body_invalid', { cause: error, extra: { errors: fieldErrors(error) } })
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(error, bodyLimit)
  const known = knownCodes[code ?? '']
  if (known) return new Fault(known, { cause: error })
  // A client error that Fastify raised itself, e.g. a body that was cut off.
  const clients = statusCode !== undefined && statusCode >= 400 && statusCode < 500
  return new Fault(clients ? 'body_invalid' : 'internal', { cause: error })
}

const knownCodes: Record<string, FaultCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_not_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_not_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'body_not_json',
  FST_ERR_BAD_URL: 'route_not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'route_not_found',
}

function tooLarge(cause: unknown, limit: number | undefined): Fault {
  if (limit === undefined) return new Fault('body_too_large', { cause })
  return new Fault('body_too_large', { cause, detail: `The limit is ${limit} bytes.`, extra: { limit } })
}

/** Answers an error as a problem document; a stack goes to the log only. */
export function answerProblem(logger: Logger, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fault = faultOf(error, request.routeOptions?.bodyLimit)
  if (fault.kind === 'bug') logger.error({ requestId: request.id, code: fault.code, error }, 'request failed')
  if (fault.kind === 'auth') reply.header('www-authenticate', 'Bearer')
  if (fault.retryable) reply.header('retry-after', '1')
  reply.code(fault.status).type('application/problem+json').send(toProblem(fault, request.id))
}

/** Every error and every unknown address becomes a problem document. */
export function installProblems(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error, request, reply) => answerProblem(logger, error, request, reply))
  app.setNotFoundHandler((request, reply) => answerProblem(logger, new Fault('route_not_found'), request, reply))
}
