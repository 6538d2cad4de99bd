import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ContactView, TurnView } from '@copse/contracts'
import { createOperatorKeys, mintOperatorToken, type OperatorClaims } from '@copse/vault'
import { openRig, toyRelease, type Rig } from '../testing/rig.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }

const token = 'copse_boot_0123456789abcdef0123456789abcdef'
let rig: Rig
let closed: Rig
beforeAll(async () => {
  rig = await openRig()
  closed = await openRig({ dev: false, operatorToken: token })
})
afterAll(async () => {
  await rig.close()
  await closed.close()
})

const privateRoutes = [
  '/api/sessions',
  '/api/sessions/x/messages',
  '/api/bt/trace/x',
  '/api/bt/trace/x/summary',
  '/api/turns',
  '/api/contacts',
  '/api/effects',
  '/api/handoffs',
  '/internal/tree/x',
  '/readyz',
]

describe('outside development', () => {
  test('private routes ask for a token, and the wrong one is not the right one', async () => {
    for (const route of privateRoutes) {
      const missing = await closed.ask(route)
      expect(missing, route).toMatchObject({ status: 401, body: { code: 'token_missing' } })
      expect(missing.headers.get('www-authenticate')).toBe('Bearer')
      const wrong = await closed.ask(route, { authorization: `Bearer ${token.toUpperCase()}` })
      expect(wrong, route).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    }
    expect(await closed.ask('/api/chat', {}, { message: 'hi', user_id: 'x' })).toMatchObject({ status: 401 })
    expect((await closed.ask('/api/sessions', { authorization: `Bearer ${token}` })).status).toBe(200)
  })

  test('an operator token that the control plane signed opens them, as far as it says and as long', async () => {
    const keys = createOperatorKeys()
    const signed = await openRig({ dev: false, operatorKey: () => keys.publicKey, clock: { now: () => 1_000 } })
    const as = (more: Partial<OperatorClaims> = {}) => ({
      authorization: `Bearer ${mintOperatorToken(keys, { tenant: 'toy', who: 'ana', can: 'read', until: 2_000, ...more })}`,
    })
    const chat = { message: 'hi', user_id: 'x' }
    try {
      expect(await signed.ask('/api/sessions', as())).toMatchObject({ status: 200 })
      expect(await signed.ask('/api/chat', as(), chat)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      expect(await signed.ask('/api/chat', as({ can: 'operate' }), chat)).toMatchObject({ status: 200 })
      for (const refused of [{ tenant: 'other' }, { until: 1_000 }]) {
        expect(await signed.ask('/api/sessions', as(refused))).toMatchObject({ status: 401 })
      }
    } finally {
      await signed.close()
    }
  })

  test('customers’ listener does not know the private routes, whatever the token', async () => {
    for (const route of privateRoutes) {
      expect(await closed.get(route, { authorization: `Bearer ${token}` }), route).toMatchObject({ status: 404 })
    }
    expect((await closed.ask('/chat/config')).status).toBe(404)
  })

  test('what customers need is open', async () => {
    expect(await closed.get('/healthz')).toMatchObject({
      status: 200,
      body: { ok: true, tenant: 'toy', instance: 'test', release: expect.any(Number) as number },
    })
    expect((await closed.get('/chat/config')).body).toMatchObject({ inspector: false, customers: [] })
  })

  test('a message posted with a visitor’s cookie from another site is refused', async () => {
    const { headers } = await closed.get('/chat/config')
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax; Secure$/)
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const body = { id: 'message-from-afar', text: 'hi' }
    expect(await closed.post('/chat/messages', body, { cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 401,
    })
    expect(await closed.post('/chat/messages', body, { cookie, origin: closed.url })).toMatchObject({ status: 202 })
  })

  test('a message from the page is taken behind a proxy that puts a host of its own, if the profile names the address', async () => {
    const publicUrl = 'https://bot.toy.example/'
    const { tenant } = toyRelease
    const release = { ...toyRelease, tenant: { ...tenant, profile: { ...tenant.profile, publicUrl } } }
    const proxied = await openRig({ dev: false, release: () => release })
    const { headers } = await proxied.get('/chat/config')
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const post = (origin: string) =>
      proxied.post('/chat/messages', { id: 'message-by-proxy', text: 'hi' }, { cookie, origin })
    expect(await post('https://bot.toy.example')).toMatchObject({ status: 202 })
    for (const other of ['http://bot.toy.example', 'https://evil.example', 'null'])
      expect((await post(other)).status).toBe(401)
    await proxied.close()
  })

  test('development routes do not exist', async () => {
    expect(await closed.post('/inbound', { from: 'x', text: 'hi' })).toMatchObject({ status: 404 })
    expect(await closed.post('/chat/visitor', { as: 'CUST-1' })).toMatchObject({ status: 404 })
    expect((await fetch(`${closed.url}/chat/inspector.js`)).status).toBe(404)
  })
})

describe('in development', () => {
  test('while the disk takes nothing, work is not to be sent here, and the status says why', async () => {
    expect(await rig.get('/readyz')).toMatchObject({ status: 200, body: { ready: true } })
    expect((await rig.get('/internal/status')).body).toMatchObject({ storage: null })
    const full = { since: 1_000, why: 'SQLITE_FULL' }
    const disk = vi.spyOn(rig.store, 'refusal').mockResolvedValue(full)
    expect(await rig.get('/readyz')).toMatchObject({
      status: 503,
      body: { ready: false, reason: expect.stringContaining('SQLITE_FULL') as string },
    })
    expect((await rig.get('/internal/status')).body).toMatchObject({ storage: full })
    disk.mockRestore()
  })

  test('a site in the developer’s browser reaches nothing', async () => {
    const foreign = await rig.get('/api/sessions', { origin: 'http://evil.example' })
    expect(foreign).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
    expect((await rig.get('/api/sessions', { origin: 'http://localhost:5173' })).status).toBe(200)
    // A name that an attacker made point to this machine.
    expect(await statusFor(rig, 'rebound.example')).toBe(401)
    expect(await statusFor(rig, 'localhost')).toBe(200)
  })

  test('what was said, decided and kept can be read of each session', async () => {
    const { body } = await rig.post('/api/chat', { message: 'hello', user_id: 'reader' })
    const id = String(body['session_id'])
    const messages = (await rig.get(`/api/sessions/${id}/messages`)).body['messages'] as {
      author: string
      text: string
    }[]
    expect(messages.map(({ author, text }) => `${author}: ${text}`)).toEqual(['customer: hello', 'business: 1: hello'])
    expect((await rig.get('/api/sessions?user_id=reader')).body['sessions']).toHaveLength(1)
    expect((await rig.get('/api/sessions?user_id=nobody')).body['sessions']).toEqual([])
    const trace = (await rig.get(`/api/bt/trace/${id}`)).body
    expect(trace).toMatchObject({
      session: { id, status: 'waiting' },
      turns: [{ events: [{ text: 'hello' }], trace: [{ op: 'stages' }, {}] }],
    })
    const summary = (await rig.get(`/api/bt/trace/${id}/summary`)).body
    expect(summary).toMatchObject({
      turns: 1,
      data: { said: { value: 'hello', by: 'customer' } },
      decisions: [{ chosen: 'talk' }],
    })
    expect(JSON.stringify(summary)).not.toContain('_hidden')
    expect((await rig.get(`/internal/tree/${id}`)).body).toMatchObject({ nodes: { toy: { status: 'running' } } })
    expect((await rig.get('/api/effects')).body).toEqual({ effects: [] })
    expect((await rig.get('/api/handoffs')).body).toEqual({ handoffs: [] })
  })

  test('turns without a session can be read as well, and those under way asked for again', async () => {
    await rig.post('/api/chat', { message: 'nothing', user_id: 'lost' })
    const { contacts } = (await rig.get('/api/contacts?user_id=lost')).body as { contacts: ContactView[] }
    expect(contacts).toMatchObject([{ channel: 'api' }])
    const [{ id, conversationId }] = contacts as [ContactView]
    expect((await rig.get('/api/contacts?user_id=lost&channel=sms')).body).toEqual({ contacts: [] })
    for (const known of [id, conversationId])
      expect((await rig.get(`/api/contacts?id=${known}`)).body).toEqual({ contacts })
    for (const of of [`contact_id=${id}`, `conversation_id=${conversationId}`]) {
      const { turns } = (await rig.get(`/api/turns?${of}`)).body as { turns: TurnView[] }
      expect(turns).toMatchObject([{ sessionId: null, state: 'committed', events: [{ text: 'nothing' }] }])
      const [{ number }] = turns as [TurnView]
      expect((await rig.get(`/api/turns?${of}&after=${number}`)).body['turns']).toEqual([])
      expect((await rig.get(`/api/turns?${of}&after=${number}&also=${number}`)).body['turns']).toEqual(turns)
    }
    expect(await rig.get('/api/turns?also=x')).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
  })

  test('a session that does not exist is a problem wherever it is asked for', async () => {
    for (const route of [
      '/api/sessions/x/messages',
      '/api/bt/trace/x',
      '/api/bt/trace/x/summary',
      '/internal/tree/x',
      '/api/effects?session_id=x',
      '/api/handoffs?session_id=x',
      '/api/timers?session_id=x',
    ]) {
      expect(await rig.get(route), route).toMatchObject({ status: 404, body: { code: 'session_not_found' } })
    }
    expect(await rig.get('/api/sessions?limit=many')).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
  })

  test('events posted by hand are answered at once and read back', async () => {
    expect(await rig.post('/inbound', { from: '+34', text: 'hi', message_id: '1' })).toMatchObject({
      body: { duplicate: false },
    })
    expect(await rig.post('/inbound', { from: '+34', text: 'hi', message_id: '1' })).toMatchObject({
      body: { duplicate: true },
    })
    await expect.poll(async () => (await rig.get('/messages?from=%2B34')).body['messages'], soon).toHaveLength(2)
    expect(await rig.get('/messages?from=nobody')).toMatchObject({ status: 404 })
  })

  test('metrics count requests by route, never by address', async () => {
    await rig.get('/api/bt/trace/secret-id')
    const text = await (await fetch(`${rig.url}/metrics`)).text()
    expect(text).toContain('http_requests_total{method="GET",route="/api/bt/trace/:session",status="404"}')
    expect(text).not.toContain('secret-id')
  })

  test('a tenant of the control plane has nothing to reload', async () => {
    expect(await rig.post('/api/procedures/reload', {})).toMatchObject({ status: 409, body: { code: 'not_ready' } })
  })

  test('a request id that is safe is echoed, any other replaced', async () => {
    expect((await rig.get('/healthz', { 'x-request-id': 'trace-12345' })).headers.get('x-request-id')).toBe(
      'trace-12345',
    )
    expect((await rig.get('/healthz', { 'x-request-id': 'a b"c<script>' })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })
})

/** fetch does not let a client choose its Host. */
const statusFor = (at: Rig, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${at.url}/api/sessions`, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
