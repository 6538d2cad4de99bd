import { Fault, type Received, type Webhook } from '@copse/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Desk } from './desk.ts'

/** The largest body that any channel posts; WhatsApp's. */
const bodyLimit = 3 * 1024 * 1024

type Bound = { Params: { binding: string } }

/** Where channels call in, by the name of their binding. What is answered with 200 is stored. */
export function webhooks(app: FastifyInstance, desk: Desk): void {
  const { channels, metrics, logger } = desk
  const find = (binding: string): Webhook => {
    const webhook = channels().get(binding)?.webhook
    if (!webhook) throw new Fault('not_found', { detail: 'No channel of this tenant is called from outside so.' })
    return webhook
  }

  void app.register(async (scope) => {
    // Signatures are of bytes, whatever type they are said to be.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_, body, done) => done(null, body))

    scope.get<Bound>('/webhooks/:binding', async (request, reply) => {
      const challenge = find(request.params.binding).handshake(wordsOf(request.query))
      if (challenge === undefined) return reply.code(403).send()
      return reply.type('text/plain; charset=utf-8').send(challenge)
    })

    scope.post<Bound>('/webhooks/:binding', { bodyLimit }, async (request, reply) => {
      const { binding } = request.params
      const received = read(find(binding), request)
      if (!received) {
        metrics.count('webhook_refused_total', 1, { channel: binding })
        return reply.code(401).send()
      }
      await keep(received, desk).catch((error: unknown) => {
        const fault = asUnavailable(error)
        logger.error({ requestId: request.id, channel: binding, code: fault.code, error }, 'webhook not stored')
        throw fault
      })
      count(received, binding, metrics)
      return reply.code(200).send()
    })
  })
}

/** Undefined: whoever posted it does not know the secret. */
function read(webhook: Webhook, request: FastifyRequest): Received | undefined {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
  try {
    return webhook.receive({ raw, headers })
  } catch (error) {
    if (error instanceof Fault && error.code === 'signature_invalid') return undefined
    throw error
  }
}

/** Who takes over is known before the next turn begins. A second delivery of the same changes nothing. */
async function keep({ events, receipts, echoes }: Received, { lane }: Desk): Promise<void> {
  if (echoes.length > 0) await lane.applyEchoes(echoes)
  if (events.length > 0) await lane.submitAll(events)
  if (receipts.length > 0) await lane.applyReceipts(receipts)
}

/** The outside delivers again what is answered so, for days. */
const asUnavailable = (error: unknown): Fault =>
  error instanceof Fault && error.status === 503 ? error : new Fault('storage_failed', { cause: error })

function count({ events, receipts, echoes, dropped }: Received, channel: string, metrics: Desk['metrics']): void {
  for (const [kind, { length }] of Object.entries({ events, receipts, echoes }))
    if (length > 0) metrics.count('webhook_received_total', length, { channel, kind })
  for (const [reason, by] of Object.entries(dropped)) metrics.count('webhook_dropped_total', by, { channel, reason })
}

/** Names that stand twice are none of ours. */
const wordsOf = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query as Record<string, unknown>).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  )
