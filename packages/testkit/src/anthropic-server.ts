import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json, JsonObject } from '@copse/contracts'

/** What the server does with the next request. Without any left it answers 500: a test that asks too often is told. */
export type AnthropicReply =
  | { text: string; usage?: Partial<AnthropicUsage>; delayMs?: number }
  | { json: JsonObject; usage?: Partial<AnthropicUsage> }
  | { stop: 'refusal' | 'max_tokens'; text?: string; usage?: Partial<AnthropicUsage> }
  | { error: 401 | 403 | 429 | 500 | 529; retryAfterSeconds?: number }
  /** `cut` closes the connection, in a stream after the first words; `malformed` is a body that is not JSON. */
  | { broken: 'cut' | 'malformed' }
  /** An error event in the middle of a stream. */
  | { streamError: 'overloaded_error' }

interface AnthropicUsage {
  input_tokens: number
  cache_creation_input_tokens: number
  cache_read_input_tokens: number
  output_tokens: number
}

export interface RecordedAnthropicRequest {
  headers: IncomingMessage['headers']
  body: JsonObject
}

export interface AnthropicServer {
  url: string
  requests: RecordedAnthropicRequest[]
  reply(...replies: AnthropicReply[]): void
  close(): Promise<void>
}

const errorTypes = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
}

/** Speaks POST /v1/messages as the service does, on loopback: JSON and event stream, errors in its own shape. */
export async function startAnthropicServer(): Promise<AnthropicServer> {
  const requests: RecordedAnthropicRequest[] = []
  const script: AnthropicReply[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      if (request.url !== '/v1/messages' || request.method !== 'POST') return sendError(response, 404, 'Not found.')
      requests.push({ headers: request.headers, body })
      const fault = faultOf(request, body)
      if (fault) return sendError(response, fault.status, fault.message)
      return perform(script.shift() ?? { error: 500 }, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...replies) => void script.push(...replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as JsonObject
}

/** The real service refuses sampling parameters since version 2026-10-21, default values included. */
function faultOf(request: IncomingMessage, body: JsonObject): { status: 400 | 401; message: string } | undefined {
  if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) {
    return { status: 401, message: 'authorization header is required' }
  }
  const refused = ['temperature', 'top_p', 'top_k'].find((name) => name in body)
  if (refused) return { status: 400, message: `${refused}: Extra inputs are not permitted` }
  const missing = ['model', 'max_tokens', 'messages'].find((name) => !(name in body))
  return missing ? { status: 400, message: `${missing}: Field required` } : undefined
}

function sendError(response: ServerResponse, status: keyof typeof errorTypes, message: string, retryAfter?: number) {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': 'req_test',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  })
  response.end(JSON.stringify(errorBody(errorTypes[status], message)))
}

const errorBody = (type: string, message: string): Json => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_test',
})

async function perform(reply: AnthropicReply, body: JsonObject, response: ServerResponse): Promise<void> {
  if ('error' in reply) return sendError(response, reply.error, 'Scripted.', reply.retryAfterSeconds)
  if ('delayMs' in reply) await new Promise((resolve) => setTimeout(resolve, reply.delayMs))
  if (body['stream'] === true) return sendStream(reply, body, response)
  if ('streamError' in reply) return sendError(response, 529, 'Scripted.')
  if ('broken' in reply && reply.broken === 'cut') return void response.destroy()
  response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_test' })
  response.end('broken' in reply ? '{"id":"msg_' : JSON.stringify(messageOf(reply, body)))
}

type Answer = Exclude<AnthropicReply, { error: unknown } | { broken: unknown } | { streamError: unknown }>

const textOf = (reply: Answer): string => ('json' in reply ? JSON.stringify(reply.json) : (reply.text ?? ''))
const stopOf = (reply: Answer): string => ('stop' in reply ? reply.stop : 'end_turn')

function messageOf(reply: Answer, body: JsonObject): JsonObject {
  const text = textOf(reply)
  return {
    id: 'msg_test',
    type: 'message',
    role: 'assistant',
    model: body['model'] ?? '',
    content: text === '' ? [] : [{ type: 'text', text, citations: null }],
    stop_reason: stopOf(reply),
    stop_sequence: null,
    stop_details: stopOf(reply) === 'refusal' ? { type: 'refusal', category: 'cyber', explanation: null } : null,
    usage: usageOf(reply),
  }
}

const usageOf = (reply: Answer): JsonObject => ({
  input_tokens: 20,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 5,
  service_tier: 'standard',
  ...reply.usage,
})

function sendStream(reply: AnthropicReply, body: JsonObject, response: ServerResponse): void {
  const send = (type: string, data: JsonObject): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
  }
  const answer: Answer = 'broken' in reply || 'streamError' in reply || 'error' in reply ? { text: 'I am ' } : reply
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test' })
  send('message_start', {
    message: { ...messageOf({ ...answer, text: '', stop: 'max_tokens' }, body), stop_reason: null, stop_details: null },
  })
  send('content_block_start', { index: 0, content_block: { type: 'text', text: '', citations: null } })
  send('ping', {})
  for (const text of textOf(answer).split(/(?<= )/)) {
    send('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
  }
  if ('broken' in reply) {
    if (reply.broken === 'malformed') response.write('event: content_block_delta\ndata: {"type":"content_blo\n\n')
    // let what was written leave first
    return void setTimeout(() => response.destroy(), 10)
  }
  if ('streamError' in reply) {
    response.end(`event: error\ndata: ${JSON.stringify(errorBody(reply.streamError, 'Scripted.'))}\n\n`)
    return
  }
  send('content_block_stop', { index: 0 })
  send('message_delta', {
    delta: { stop_reason: stopOf(answer), stop_sequence: null, stop_details: null },
    usage: usageOf(answer),
  })
  send('message_stop', {})
  response.end()
}
