import { request as plain, type ClientRequest, type IncomingMessage } from 'node:http'
import type { ReachCode } from '../codes.ts'
import type { HttpRequest } from './request.ts'

/** `sent`: the other side may have read the request, so that nobody here knows whether it acted on it. */
export type Exchange =
  | { answered: true; status: number; body: string }
  | { answered: false; sent: boolean; code: ReachCode; reason: string }

const answerBytes = 1_000_000

class AnswerTooLarge extends Error {}

/**
 * One request and its whole answer. node:http rather than fetch, because it tells a refused connection from one that
 * was cut after the request had left. No kept-alive connections: one that the other side had closed meanwhile would
 * make a write uncertain for no reason. A redirect is an answer like any other here.
 */
export async function exchange(request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
  const encrypted = request.url.protocol === 'https:'
  const { method, headers, url, body } = request
  let sent = false
  let outgoing: ClientRequest | undefined
  try {
    // The part that encrypts is large, and many a tenant never needs it.
    const ask = encrypted ? (await import('node:https')).request : plain
    outgoing = ask(url, { method, headers, signal, agent: false })
    outgoing.once('socket', (socket) => {
      socket.once(encrypted ? 'secureConnect' : 'connect', () => {
        sent = true
      })
    })
    const response = await answerTo(outgoing, body)
    return { answered: true, status: response.statusCode ?? 0, body: await read(response) }
  } catch (error) {
    return { answered: false, sent, ...explain(error, sent, signal) }
  } finally {
    outgoing?.destroy()
  }
}

function answerTo(outgoing: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Stays on: a connection also fails while its answer is being read.
    outgoing.on('error', reject)
    outgoing.once('response', resolve)
    outgoing.end(body)
  })
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > answerBytes) throw new AnswerTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function explain(error: unknown, sent: boolean, signal: AbortSignal): { code: ReachCode; reason: string } {
  if (error instanceof AnswerTooLarge)
    return { code: 'answer_too_large', reason: `The answer is larger than ${answerBytes} bytes.` }
  if (signal.aborted) {
    const expired = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    return expired
      ? { code: 'timeout', reason: 'No answer in time.' }
      : { code: 'aborted', reason: 'The call was called off.' }
  }
  const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (sent) return { code: 'connection_cut', reason: `The connection ended before the answer did (${why}).` }
  return why === 'ENOTFOUND' || why === 'EAI_AGAIN'
    ? { code: 'name_unknown', reason: `The name of the host is not known (${why}).` }
    : { code: 'connection_refused', reason: `No connection could be made (${why}).` }
}
