import { Fault, type InboundEvent, type Move, type Received, type Webhook } from '@copse/contracts'
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
    // Signatures are of bytes, whatever type they are said to be, and also where that is no type.
    scope.addHook('onRequest', async ({ headers }) => void delete headers['content-type'])
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
        const fault = asOurs(error)
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

/** So many are stored at a time: others are served in between, and an envelope may hold more than the inbox at once. */
const portion = 500

/**
 * Who writes, and who takes over, is known before the next turn begins. A second delivery changes nothing: one that was
 * cut short by `busy` is kept to its end when it comes again.
 */
async function keep({ events, receipts, echoes }: Received, desk: Desk): Promise<void> {
  const { lane } = desk
  // A person may take over at an address that the customer has only now.
  const moved = events.findLastIndex(isMove) + 1
  await keepInOrder(events.slice(0, moved), desk)
  for (const some of portions(echoes)) await lane.applyEchoes(some)
  await keepInOrder(events.slice(moved), desk)
  for (const some of portions(receipts)) await lane.applyReceipts(some)
}

/** What was said before a move was said by whoever moved, and what after it by whoever is there now. */
async function keepInOrder(all: Received['events'], { lane, logger }: Desk): Promise<void> {
  for (const some of alike(all)) {
    const moves = some.filter(isMove)
    if (moves.length === 0) await lane.submitAll(some.filter(isEvent))
    else {
      const { refused } = await lane.applyMoves(moves)
      if (refused > 0) logger.warn({ refused }, 'a new address of a customer is another contact already; both stay')
    }
  }
}

/** Portions of moves only, or of events only. */
function* alike(all: Received['events']): Generator<Received['events']> {
  for (let at = 0; at < all.length;) {
    const some = all.slice(at, at + portion)
    const other = some.findIndex((one) => isMove(one) !== isMove(some[0]!))
    yield other === -1 ? some : some.slice(0, other)
    at += other === -1 ? some.length : other
  }
}

const isMove = (event: InboundEvent | Move): event is Move => event.kind === 'move'
const isEvent = (event: InboundEvent | Move): event is InboundEvent => !isMove(event)

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += portion) yield all.slice(at, at + portion)
}

/**
 * Whatever it is answered with but 200, the outside delivers again for days. So a bug may say that it is one, and nothing
 * says that the outside is at fault.
 */
const asOurs = (error: unknown): Fault =>
  error instanceof Fault && error.status >= 500 ? error : new Fault('internal', { cause: error })

function count({ events: all, receipts, echoes, dropped }: Received, channel: string, metrics: Desk['metrics']): void {
  const moves = all.filter(isMove)
  const events = all.filter(isEvent)
  for (const [kind, { length }] of Object.entries({ events, receipts, echoes, moves }))
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
