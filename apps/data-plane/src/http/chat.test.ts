import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEventStream } from '../testing/event-stream.ts'
import { openRig, type Rig } from '../testing/rig.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }

let rig: Rig
beforeAll(async () => {
  rig = await openRig({ keepAliveMs: 40 })
})
afterAll(() => rig.close())

/** A browser: opens the page's configuration and keeps the cookie. */
async function visit(at: Rig = rig): Promise<Record<string, string>> {
  const { headers } = await at.get('/chat/config')
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '' }
}

let posted = 0
const say = (cookie: Record<string, string>, text: string, more: object = {}) =>
  rig.post('/chat/messages', { id: `message-${(posted += 1)}`, text, ...more }, cookie)

const listen = (cookie: Record<string, string>, more: Record<string, string> = {}) =>
  openEventStream(`${rig.url}/chat/events`, { ...cookie, ...more })

describe('the chat page', () => {
  test('is served under a policy that lets nothing foreign run', async () => {
    const page = await fetch(`${rig.url}/chat`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    const html = await page.text()
    expect(html).not.toMatch(/https?:\/\/|style=|<script>|onclick/)
    for (const [, asset] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect((await fetch(rig.url + asset)).status).toBe(200)
    }
  })

  test('is not sent again to a browser that has it', async () => {
    const etag = (await fetch(`${rig.url}/chat/chat.js`)).headers.get('etag') ?? ''
    expect((await fetch(`${rig.url}/chat/chat.js`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('knows the tenant, and in development the demo customers', async () => {
    expect((await rig.get('/chat/config')).body).toMatchObject({
      tenant: { name: 'Toy & Sons <Ltd>' },
      inspector: true,
      customers: [
        { id: 'CUST-1', name: 'Ana Silva' },
        { id: 'CUST-2', name: 'CUST-2' },
      ],
      speakingAs: null,
    })
  })
})

describe('messages and events', () => {
  test('a message is accepted with 202 and its answer comes on the stream, numbered by the store', async () => {
    const cookie = await visit()
    const stream = await listen(cookie)
    expect(await say(cookie, 'hello')).toMatchObject({ status: 202, body: { duplicate: false } })
    await expect.poll(stream.messages, soon).toEqual(['hello', '1: hello'])
    const ids = stream.events.filter(({ event }) => event === 'message').map(({ id }) => Number(id))
    expect(ids[1]).toBeGreaterThan(ids[0] ?? 0)
    await stream.close()
  })

  test('a stream that comes back with Last-Event-ID gets what it missed, once', async () => {
    const cookie = await visit()
    const first = await listen(cookie)
    await say(cookie, 'one')
    await expect.poll(first.messages, soon).toHaveLength(2)
    const lastId = first.events.findLast(({ event }) => event === 'message')?.id ?? ''
    await first.close()
    await say(cookie, 'two')
    const second = await listen(cookie, { 'last-event-id': lastId })
    await say(cookie, 'three')
    await expect.poll(second.messages, soon).toEqual(['two', '2: two', 'three', '3: three'])
    await second.close()
  })

  test('the same message posted again counts once', async () => {
    const cookie = await visit()
    const body = { id: 'resent-message', text: 'once' }
    await rig.post('/chat/messages', body, cookie)
    expect(await rig.post('/chat/messages', body, cookie)).toMatchObject({ status: 202, body: { duplicate: true } })
    const stream = await listen(cookie)
    await say(cookie, 'after')
    await expect.poll(stream.messages, soon).toEqual(['once', '1: once', 'after', '2: after'])
    await stream.close()
  })

  test('visitors do not see each other', async () => {
    const [ana, eve] = [await visit(), await visit()]
    const stream = await listen(eve)
    await say(ana, 'secret')
    await say(eve, 'mine')
    await expect.poll(stream.messages, soon).toEqual(['mine', '1: mine'])
    await stream.close()
  })

  test('an option that is tapped arrives as its payload, with its title to show', async () => {
    const cookie = await visit()
    const stream = await listen(cookie)
    await say(cookie, 'options')
    await expect
      .poll(() => stream.events.find(({ data }) => Array.isArray(data['options']))?.data['options'], soon)
      .toHaveLength(2)
    await say(cookie, 'Yes', { payload: 'yes' })
    await expect.poll(stream.messages, soon).toHaveLength(4)
    const tapped = stream.events.findLast(({ data }) => data['author'] === 'customer')
    expect(tapped?.data).toMatchObject({ author: 'customer', text: 'Yes', payload: 'yes' })
    await stream.close()
  })

  test('a new conversation leaves the open session where it is', async () => {
    const cookie = await visit()
    const stream = await listen(cookie)
    await say(cookie, 'first')
    await say(cookie, 'second', { fresh: true })
    await expect.poll(stream.messages, soon).toEqual(['first', '1: first', 'second', '1: second'])
    await stream.close()
  })

  test('in development each turn says where it left its session, or who got what no procedure took', async () => {
    const cookie = await visit()
    const stream = await listen(cookie)
    await say(cookie, 'hello')
    await expect
      .poll(() => stream.events.find(({ event }) => event === 'turn')?.data, soon)
      .toMatchObject({ session: { status: 'waiting', step: 'talk' } })
    await stream.close()

    const stranger = await visit()
    const second = await listen(stranger)
    await say(stranger, 'nobody')
    await expect
      .poll(() => second.events.findLast(({ event }) => event === 'turn')?.data, soon)
      .toMatchObject({ session: null, handoffs: [{ reason: 'Asked for a person.' }] })
    await second.close()
  })

  test('a quiet stream says that it is alive', async () => {
    const stream = await listen(await visit())
    await expect.poll(() => stream.events.filter(({ event }) => event === 'alive').length, soon).toBeGreaterThan(2)
    await stream.close()
  })

  test('streams end when the process stops', async () => {
    const other = await openRig()
    const stream = await openEventStream(`${other.url}/chat/events`, await visit(other))
    await other.close()
    await stream.ended
  })
})

describe('who the visitor is', () => {
  test('without a cookie, or with one that we did not sign, nothing is read or posted', async () => {
    const forged = Buffer.from('{"id":"x","as":"CUST-1"}').toString('base64url')
    for (const cookie of ['', `copse_visitor_toy=${forged}.${forged}`, 'copse_visitor_toy=nonsense']) {
      expect(await say({ cookie }, 'hello')).toMatchObject({ status: 401, body: { code: 'token_missing' } })
      expect((await fetch(`${rig.url}/chat/events`, { headers: { cookie } })).status).toBe(401)
    }
  })

  test('nobody keeps what made a visitor for another one, and only who reads has a stream open', async () => {
    const { headers } = await rig.get('/chat/config')
    expect(headers.get('cache-control')).toBe('no-store')
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await fetch(`${rig.url}/chat/events`, { method: 'HEAD', headers: { cookie } })).status).toBe(404)
  })

  test('a visitor who comes back stays the same, for another month', async () => {
    const { cookie = '' } = await visit()
    const again = (await rig.get('/chat/config', { cookie })).headers.get('set-cookie')
    expect(again).toContain(`${cookie}; `)
    expect(again).toContain('Max-Age=2592000')
  })

  test('a developer speaks as a demo customer, and as no other', async () => {
    const cookie = await visit()
    const answer = await rig.post('/chat/visitor', { as: 'CUST-1' }, cookie)
    const as = { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' }
    await say(as, 'hello')
    await expect.poll(() => rig.store.contact('webchat', 'CUST-1'), soon).toBeDefined()
    expect(await rig.post('/chat/visitor', { as: 'CUST-999' }, cookie)).toMatchObject({ status: 404 })
  })

  test('bad messages are refused as on the API', async () => {
    const cookie = await visit()
    expect(await say(cookie, ' ')).toMatchObject({ status: 422, body: { code: 'message_empty' } })
    expect(await say(cookie, 'x'.repeat(8_001))).toMatchObject({ status: 422, body: { code: 'message_too_long' } })
    expect(await rig.post('/chat/messages', 'not json', cookie)).toMatchObject({
      status: 400,
      body: { code: 'body_not_json' },
    })
    expect(await rig.post('/chat/messages', { text: 'no id' }, cookie)).toMatchObject({
      status: 400,
      body: { code: 'body_invalid' },
    })
  })
})

test('a process that is told to stop while a visitor is answered dies of no bug', async () => {
  const closing = new AbortController()
  const own = await openRig({ closing: closing.signal, dev: true })
  const uncaught: unknown[] = []
  const before = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => uncaught.push(error))
  try {
    const cookie = await visit(own)
    const stream = await openEventStream(`${own.url}/chat/events`, cookie)
    await own.post('/chat/messages', { id: 'before-the-end', text: 'one' }, cookie)
    await expect.poll(stream.messages, soon).toHaveLength(2)
    own.lane.subscribe(() => closing.abort())
    await own.post('/chat/messages', { id: 'at-the-end', text: 'two' }, cookie)
    await sleep(500)
    await stream.close()
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of before) process.on('uncaughtException', listener)
    await own.close()
  }
  expect(uncaught).toEqual([])
})

test('what a person says reaches a visitor whose page is open', async () => {
  const cookie = await visit()
  const stream = await listen(cookie)
  await say(cookie, 'person')
  await expect.poll(stream.messages, soon).toHaveLength(2)
  const [handoff] = await rig.store.handoffs({ limit: 1 })
  const at = `/api/conversations/${handoff!.conversationId}`
  await rig.post(`${at}/owner`, { owner: 'human' })
  expect((await rig.post(`${at}/messages`, { id: 'words-of-eva', text: 'Eva here' })).status).toBe(202)
  await expect.poll(stream.messages, soon).toContain('Eva here')
  await stream.close()
})
