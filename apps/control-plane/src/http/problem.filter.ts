import { Fault, toProblem } from '@copse/contracts'
import { faultOf } from '@copse/http'
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Every refusal and failure leaves as one problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('http')

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const fault = error instanceof HttpException ? fromStatus(error) : faultOf(error)
    if (fault.kind === 'bug') this.#logger.error({ requestId: request.id, code: fault.code, error })
    if (fault.kind === 'auth') void reply.header('www-authenticate', 'Bearer')
    if (fault.retryable) void reply.header('retry-after', '1')
    void reply.status(fault.status).type('application/problem+json').send(toProblem(fault, request.id))
  }
}

/** Nest turns what Fastify refuses into bare status codes. */
function fromStatus(error: HttpException): Fault {
  switch (error.getStatus()) {
    case 404:
      return new Fault('route_not_found')
    case 413:
      return new Fault('body_too_large')
    case 400:
    case 415:
      return new Fault('body_not_json')
    default:
      return new Fault('internal', { cause: error })
  }
}
