import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '@copse/contracts'
import { faultIn, type GraphFault } from './whatsapp-shape.ts'

/** What the server does with the next message. Without any left it takes the message. */
export type WhatsAppReply =
  | { error: number; status?: number; subcode?: number; message?: string; retryAfter?: string }
  /** `cut` closes the connection after the message was taken; `malformed` is an answer that is not JSON. */
  | { broken: 'cut' | 'malformed' | 'silent' }

export interface SentWhatsApp {
  wamid: string
  body: JsonObject
}

export interface WhatsAppCloud {
  url: string
  phoneNumberId: string
  accessToken: string
  appSecret: string
  /** What it took, in order. */
  sent: SentWhatsApp[]
  /** What it refused because of its shape. */
  refused: { body: unknown; fault: GraphFault }[]
  reply(...replies: WhatsAppReply[]): void
  /** Resolves when it has taken so many. */
  taken(count: number): Promise<readonly SentWhatsApp[]>
  /** The headers that Meta posts these bytes with. */
  sign: (raw: Uint8Array | string) => Record<string, string>
  /** Posts a signed envelope to a webhook. */
  post(webhook: string, envelope: unknown): Promise<Response>
  close: () => Promise<void>
}

interface Account {
  phoneNumberId?: string
  accessToken?: string
  appSecret?: string
}

/** The Cloud API on loopback: takes messages, checks them as strictly as Meta does, and posts signed webhooks. */
export async function startWhatsAppCloud(account: Account = {}): Promise<WhatsAppCloud> {
  const { phoneNumberId = '1122334455667', accessToken = 'EAAGtestTokenOfTheTestkit' } = account
  const { appSecret = 'testkit-app-secret-0123456789' } = account
  const sent: SentWhatsApp[] = []
  const refused: WhatsAppCloud['refused'] = []
  const script: WhatsAppReply[] = []
  const waiting = new Set<() => void>()

  const server = createServer((request, response) => {
    void readBody(request).then((text) => answer(request, text, response))
  })

  function answer(request: IncomingMessage, text: string, response: ServerResponse): void {
    const at = /^\/v\d+\.\d+\/([^/]+)\/messages$/.exec(request.url ?? '')
    if (request.method !== 'POST' || at?.[1] !== phoneNumberId)
      return sendError(response, { status: 400, code: 100, subcode: 33, message: 'Unsupported post request.' })
    const bearer = request.headers.authorization?.replace(/^Bearer /, '')
    if (bearer !== accessToken)
      return sendError(response, { status: 401, code: 190, message: `Malformed access token ${bearer ?? ''}` })
    const next = script.shift()
    if (next && 'error' in next) {
      const { error: code, status = 400, message = 'Scripted.' } = next
      return sendError(response, { status, code, message, ...next })
    }
    const body = parse(text)
    const fault = faultIn(body)
    if (fault) {
      refused.push({ body, fault })
      return sendError(response, { status: 400, ...fault })
    }
    const taken = take(body as JsonObject)
    if (next?.broken === 'silent') return
    if (next?.broken === 'cut') return void response.destroy()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(next?.broken === 'malformed' ? '{"messaging_pro' : JSON.stringify(taken))
  }

  function take(body: JsonObject): JsonObject {
    const wamid = `wamid.testkit${sent.length + 1}`
    sent.push({ wamid, body })
    for (const look of waiting) look()
    const { to, recipient } = body
    return {
      messaging_product: 'whatsapp',
      contacts: [{ input: to ?? recipient ?? '', ...(to === undefined ? {} : { wa_id: to }) }],
      messages: [{ id: wamid }],
    }
  }

  const sign = (raw: Uint8Array | string): Record<string, string> => ({
    'content-type': 'application/json',
    'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(raw).digest('hex')}`,
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    phoneNumberId,
    accessToken,
    appSecret,
    sent,
    refused,
    reply: (...replies) => void script.push(...replies),
    taken: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sent.length < count) return
          waiting.delete(look)
          resolve(sent)
        }
        waiting.add(look)
        look()
      }),
    sign,
    post(webhook, envelope) {
      const body = JSON.stringify(envelope)
      return fetch(webhook, { method: 'POST', headers: sign(body), body })
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sendError(
  response: ServerResponse,
  fault: GraphFault & { status: number; subcode?: number; retryAfter?: string },
): void {
  const { status, code, subcode, message, details, retryAfter } = fault
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  })
  const error = {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
    fbtrace_id: 'testkit',
  }
  response.end(JSON.stringify({ error }))
}
