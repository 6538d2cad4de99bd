import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TurnView } from '@copse/contracts'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

let turns: TurnView[] = []
let token = 'first'
let looks = 0
let server: Server | undefined
const stop = new AbortController()
const out: string[] = []
const err: string[] = []

const turn = (number: number, state: TurnView['state'], text: string, sessionId: string | null = null): TurnView => ({
  number,
  turnId: `t${number}`,
  attempts: 1,
  now: 0,
  ...(state === 'open' ? {} : { committedAt: 40 }),
  state,
  sessionId,
  intent: sessionId === null ? null : 'refund',
  contactId: 'c1',
  conversationId: 'v1',
  channel: 'sms',
  events: [{ channel: 'sms', messageId: text, contact: { alias: 'ana' }, kind: 'text', text }],
  trace: [],
})

/** A tenant and its control plane, as far as `tail` asks them. Its clock is of no concern. */
async function listen(port = 0): Promise<number> {
  server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://x')
    const send = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body))
    if (url.pathname.endsWith('/operator-tokens')) {
      send(201, { token, url: `http://127.0.0.1:${(server!.address() as AddressInfo).port}` })
      return
    }
    if (request.headers.authorization !== `Bearer ${token}`) return void send(401, { title: 'The token is not valid.' })
    looks += 1
    const [after, also] = [url.searchParams.get('after'), url.searchParams.get('also')?.split(',') ?? []]
    send(200, {
      turns: turns.filter(({ number }) => number > Number(after ?? 0) || also.includes(String(number))),
    })
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function hangUp(): Promise<void> {
  server?.closeAllConnections()
  await new Promise((closed) => server?.close(closed))
}

afterEach(async () => {
  stop.abort()
  await hangUp()
})

test('turns are told as they end, each once, also without a session, past a restart and the end of a token', async () => {
  turns = [turn(1, 'committed', 'long ago'), turn(2, 'open', 'slow')]
  const port = await listen()
  const ended = run(['tail', '--tenant', 'acme'], {
    environment: readConfig({ COPSE_URL: `http://127.0.0.1:${port}`, COPSE_ADMIN_KEY: 'key' }),
    print: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    now: () => 9e15,
    signal: stop.signal,
  })
  await expect.poll(() => looks).toBe(1)
  turns = [turns[0]!, turns[1]!, turn(3, 'committed', 'nobody’s')]
  await expect.poll(() => out.join()).toContain('no session  on sms, conversation v1\nturn')
  expect(out.join()).toContain('"nobody’s"')
  turns = [turns[0]!, turn(2, 'dead', 'slow', 's2'), turns[2]!]
  token = 'second'
  await expect.poll(() => out.join()).toContain('refund  s2\nturn')
  await hangUp()
  await expect.poll(() => err.join()).toContain(`Nothing answers at http://127.0.0.1:${port}`)
  turns.push(turn(4, 'committed', 'after the start'))
  await listen(port)
  await expect.poll(() => out.join()).toContain('"after the start"')
  expect(err).toHaveLength(2)
  expect(out).toHaveLength(3)
  expect(out.join()).not.toContain('long ago')
  stop.abort()
  expect(await ended).toBe(0)
})
