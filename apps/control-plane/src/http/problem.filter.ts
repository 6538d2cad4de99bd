import { Fault, type Logger } from '@copse/contracts'
import { answerProblem } from '@copse/http'
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { largestBody } from './bodies.ts'

/** Every refusal and failure leaves as one problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const shown = error instanceof HttpException ? fromStatus(error) : error
    answerProblem(this.#logger, shown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())
  }
}

/** Nest turns what Fastify refuses into bare status codes. */
function fromStatus(error: HttpException): Fault {
  switch (error.getStatus()) {
    case 404:
      return new Fault('route_not_found')
    case 413:
      return new Fault('body_too_large', { detail: `At most ${largestBody} bytes.` })
    case 400:
    case 415:
      return new Fault('body_not_json')
    default:
      return new Fault('internal', { cause: error })
  }
}
