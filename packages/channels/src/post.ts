import { Agent, request as plain, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Agent as EncryptingAgent } from 'node:https'

export interface Posted {
  status: number
  retryAfter: string | undefined
  body: string
}

/** `sent`: the other side may have read the request, so that nobody here knows whether it acted on it. */
export class Unanswered extends Error {
  readonly sent: boolean
  readonly why: string
  constructor(sent: boolean, why: string) {
    super(`No answer (${why}).`)
    this.sent = sent
    this.why = why
  }
}

/** A connection is kept for the next message, no longer than most servers keep it. */
const kept = { keepAlive: true, timeout: 4_000 }
const answerBytes = 1_000_000

const agent = new Agent(kept)
let encrypting: EncryptingAgent | undefined

/**
 * JSON to an address, whatever it answers; a redirect is an answer like any other, so that what is secret goes where it
 * was meant to and nowhere else. Throws `Unanswered`. Not by fetch, which takes three to four times the work.
 */
export async function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Posted> {
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    signal,
  }
  const ask = await asking(address)
  const way = { sent: false }
  try {
    const response = await answerTo(ask(options), body, way)
    const { statusCode: status = 0, headers: said } = response
    return { status, retryAfter: said['retry-after'], body: await read(response) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Unanswered(way.sent, code)
  }
}

type Options = Parameters<typeof plain>[1]

async function asking(address: string): Promise<(options: Options & object) => ClientRequest> {
  if (!address.startsWith('https:')) return (options) => plain(address, { ...options, agent })
  // The part that encrypts is large, and many a tenant never needs it.
  const { Agent: Encrypting, request } = await import('node:https')
  encrypting ??= new Encrypting(kept)
  return (options) => request(address, { ...options, agent: encrypting })
}

function answerTo(outgoing: ClientRequest, body: string, way: { sent: boolean }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('socket', (socket) => {
      if (outgoing.reusedSocket) way.sent = true
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => (way.sent = true))
    })
    // Stays on: a connection also fails while its answer is being read.
    outgoing.on('error', reject)
    outgoing.once('response', resolve)
    outgoing.end(body)
  })
}

/** By its events: going through it with `for await` takes a fifth of all the work of a post. */
function read(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > answerBytes) response.destroy(new Error('The answer is too large.'))
      else chunks.push(chunk)
    })
    response.once('error', reject)
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}
