import type { ContactView, MessageView, Store } from '@copse/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from './desk.ts'

/** A browser that does not read must not fill our memory: it reconnects and goes on where it was. */
const maxUnreadBytes = 1024 * 1024

/**
 * The visitor's messages as server-sent events. The id of each is its number in the store, so a browser that comes
 * back with Last-Event-ID misses nothing and sees nothing twice, whichever process answers.
 */
export async function streamEvents(
  { lane, store, dev, keepAliveMs, logger, closing }: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { channel, alias }: { channel: string; alias: string },
): Promise<void> {
  let sent = resumeAfter(request)
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  })
  raw.write('retry: 1000\n\n')

  const isOver = (): boolean => raw.destroyed || raw.writableEnded
  const write = (text: string): void => void (isOver() || raw.write(text))
  // Unknown until the first message.
  let contact: ContactView | undefined
  const push = async (): Promise<void> => {
    contact ??= await store.contact(channel, alias)
    if (!contact) return
    const news = await store.messages({ conversationId: contact.conversationId }, sent)
    if (isOver()) return
    for (const message of news) {
      write(`id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(shown(message))}\n\n`)
      sent = message.seq
    }
    const last = news.at(-1)
    if (!last) return
    await store.delivered(contact.conversationId, last.seq)
    if (dev) write(`event: turn\ndata: ${JSON.stringify(await turnOf(store, last))}\n\n`)
    if (raw.writableLength > maxUnreadBytes) raw.destroy()
  }
  const pushSoon = oneAtATime(push, (error) => {
    logger.warn({ error }, 'event stream ended')
    raw.destroy()
  })

  const unsubscribe = lane.subscribe((news) => {
    if (contact === undefined || news.contactId === contact.id) pushSoon()
  })
  // A page is told nothing of a comment, and must tell a line that died from one on which nobody speaks.
  const keepAlive = setInterval(() => write('event: alive\ndata: {}\n\n'), keepAliveMs)
  // A stream never ends by itself: the process that stops must end it.
  const end = (): void => void raw.end()
  closing.addEventListener('abort', end)
  pushSoon()
  await new Promise((resolve) => raw.once('close', resolve))
  closing.removeEventListener('abort', end)
  clearInterval(keepAlive)
  unsubscribe()
}

function resumeAfter(request: FastifyRequest): number {
  const { after } = request.query as { after?: string }
  const given = Number(request.headers['last-event-id'] ?? after ?? 0)
  return Number.isSafeInteger(given) && given > 0 ? given : 0
}

const shown = ({ seq, author, text, payload, options, at }: MessageView): object => ({
  seq,
  author,
  text,
  payload,
  options,
  at,
})

/** For the panel: where the turn left its session. A turn that no procedure took may still have gone to a person. */
async function turnOf(store: Store, { turnId, sessionId }: MessageView): Promise<object> {
  const session = sessionId === null ? undefined : await store.session(sessionId)
  if (session) return { session: { id: session.id, status: session.status, step: session.step } }
  const handoffs = await store.handoffs({ limit: 20 })
  return { session: null, handoffs: handoffs.filter((handoff) => handoff.turnId === turnId) }
}

/** Runs again after the present run if it was asked for meanwhile; never two at once. */
function oneAtATime(run: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let running = false
  let again = false
  const next = (): void => {
    if (running) {
      again = true
      return
    }
    running = true
    run()
      .catch(failed)
      .finally(() => {
        running = false
        if (!again) return
        again = false
        next()
      })
  }
  return next
}
