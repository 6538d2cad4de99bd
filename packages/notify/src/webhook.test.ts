import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NoticeResult } from '@copse/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNotifiers } from './create.ts'
import { createWebhookNotifier } from './webhook.ts'
import { notice } from './testing/notice.ts'

const asked: { headers: IncomingHttpHeaders; body: string; url: string }[] = []
let answer = (response: ServerResponse): void => void response.end()
let url: string
const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
  request.on('end', () => {
    asked.push({ headers: request.headers, body, url: request.url ?? '' })
    answer(response)
  })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const secret = 'a secret of the desk'
const clock = { now: () => Date.UTC(2026, 0, 15, 12) }
const never = new AbortController().signal
const send = (signal = never, more = {}) =>
  createWebhookNotifier({ url: `${url}/desk?k=hidden`, secret, clock }).send(notice(more), signal)

test('a notice is posted as JSON, signed over its time and its bytes, under a key that every try repeats', async () => {
  expect(await send()).toEqual({ ok: true })
  const { headers, body } = asked.at(-1)!
  const timestamp = headers['copse-timestamp'] as string
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'copse-signature': `v1=${mac}`,
    'idempotency-key': 'h-1',
  })
  expect(timestamp).toBe('1768478400')
  expect(JSON.parse(body)).toMatchObject({
    type: 'handoff.created',
    id: 'h-1',
    at: '2026-01-15T12:00:00.000Z',
    handoff: { id: 'h-1', data: { order: 'O-1' } },
    customer: { name: 'Ana' },
    promises: ['A colleague will get back to you.'],
    link: 'https://bot.example/handoffs/h-1?token=t',
  })
  await send(never, { key: 'h-1:again', again: true })
  expect(JSON.parse(asked.at(-1)!.body)).toMatchObject({ type: 'handoff.waiting', id: 'h-1:again' })
})

const classes: [number, Record<string, string>, Partial<NoticeResult>][] = [
  [204, {}, { ok: true }],
  [301, { location: '/elsewhere' }, { ok: false, retryable: false, code: 'http_301' }],
  [400, {}, { ok: false, retryable: false, code: 'http_400' }],
  [401, {}, { ok: false, retryable: true, code: 'http_401' }],
  [410, {}, { ok: false, retryable: false, code: 'http_410' }],
  [429, { 'retry-after': '7' }, { ok: false, retryable: true, retryAfterMs: 7_000 }],
  [503, { 'retry-after': 'Thu, 15 Jan 2026 12:01:00 GMT' }, { ok: false, retryable: true, retryAfterMs: 60_000 }],
  [503, { 'retry-after': 'soon' }, { ok: false, retryable: true, code: 'http_503' }],
]
test.each(classes)('an answer of %i with %j comes to %j', async (status, headers, result) => {
  answer = (response) => void response.writeHead(status, headers).end('no')
  const before = asked.length
  expect(await send()).toMatchObject(result)
  expect(asked.length).toBe(before + 1)
})

test('no answer in time, or nobody there, is tried again, and says nothing of the address', async () => {
  answer = () => {}
  expect(await send(AbortSignal.timeout(50))).toMatchObject({ ok: false, retryable: true, code: 'timeout' })
  const nobody = createWebhookNotifier({ url: 'http://127.0.0.1:1/?k=hidden', secret, clock })
  const result = await nobody.send(notice(), never)
  expect(result).toMatchObject({ ok: false, retryable: true, code: 'unreachable' })
  expect(JSON.stringify(result)).not.toContain('hidden')
})

test('a target without what it needs in its credential is refused before anybody relies on it', () => {
  const rest = { nobodyAfter: '15m', returnAfter: '12h', credential: 'desk' }
  const webhook = { webhook: { url: 'https://desk.example' }, ...rest }
  const email = { email: { to: 'a@b.example', from: 'c@d.example' }, ...rest }
  const create = (targets: Parameters<typeof createNotifiers>[0], value?: string) =>
    createNotifiers(targets, { secret: value, clock, timeZone: 'UTC' }).map(({ name }) => name)
  expect(create(undefined)).toEqual([])
  expect(create(rest)).toEqual([])
  const whole = JSON.stringify({ smtpUrl: 'smtps://u:p@mail.example', secret })
  expect(create({ ...webhook, ...email }, whole)).toEqual(['email', 'webhook'])
  for (const value of [undefined, 'not json', '{}', JSON.stringify({ secret: 'short' }), '{"smtpUrl":"http://x"}']) {
    expect(() => create(webhook, value)).toThrow(/handoffs/)
    expect(() => create(email, value)).toThrow(/handoffs/)
  }
})
