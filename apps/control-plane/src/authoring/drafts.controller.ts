import { toProblem } from '@copse/contracts'
import { faultOf } from '@copse/http'
import { Body, Controller, Get, Logger, Param, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Drafts, type DraftSummary, type DraftView, type Sop } from './drafts.service.ts'

/** The text as it is, or in JSON with the language that the customer reads. */
const sop = z
  .union([
    z.string(),
    z.strictObject({
      text: z.string(),
      language: z
        .string()
        .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'is a language, e.g. en or pt-BR')
        .optional(),
    }),
  ])
  .transform((body) => (typeof body === 'string' ? { text: body } : body))

@Controller('v1/tenants/:tenant')
export class DraftsController {
  readonly #logger = new Logger('drafts')

  constructor(private readonly drafts: Drafts) {}

  /** Answers with the draft; to who accepts an event stream, with each `progress` before it. Who goes away stops it. */
  @Post('procedures/ingest')
  async ingest(
    @TenantParam() tenant: TenantView,
    @Body({ schema: sop }) body: { text: string; language?: string },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { sopText } = await import('@copse/studio')
    const text = sopText(Buffer.from(body.text))
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const language = body.language ?? tenant.profile.languages[0] ?? 'en'
    const asked = { text, language, signal: gone.signal }
    if (request.headers.accept?.includes('text/event-stream')) return this.#stream(tenant, asked, request, reply)
    await reply.code(201).send(await this.drafts.ingest(tenant, { ...asked, tell: () => {} }))
  }

  @Get('drafts')
  async list(@TenantParam() tenant: TenantView): Promise<{ items: DraftSummary[] }> {
    return { items: await this.drafts.list(tenant.id) }
  }

  @Get('drafts/:id')
  get(@TenantParam() tenant: TenantView, @Param('id', { schema: z.uuid() }) id: string): Promise<DraftView> {
    return this.drafts.find(tenant.id, id)
  }

  async #stream(
    tenant: TenantView,
    asked: Omit<Sop, 'tell'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    })
    const tell = (event: string, data: object): void =>
      void (raw.destroyed || raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
    try {
      tell('draft', await this.drafts.ingest(tenant, { ...asked, tell: (progress) => tell('progress', progress) }))
    } catch (error) {
      const fault = faultOf(error)
      if (fault.kind === 'bug') this.#logger.error({ requestId: request.id, code: fault.code, error })
      tell('problem', toProblem(fault, request.id))
    }
    raw.end()
  }
}
