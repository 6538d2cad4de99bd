import { mintLink } from '@copse/vault'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLinks } from '../links.ts'
import { openRig, type Rig } from '../testing/rig.ts'

const dayMs = 24 * 3_600_000
const key = new Uint8Array(32).fill(8)
const user = 'customer 1'
let rig: Rig
let now: number
beforeEach(async () => {
  now = Date.now()
  rig = await openRig({ clock: { now: () => now } })
})
afterEach(() => rig.close())

const asPage = { accept: 'text/html' }
let conversationId: string
let at: string
/** A customer who asked for a person, and the link to their case. */
async function hand(first = 'hello'): Promise<void> {
  await rig.post('/api/chat', { user_id: user, message: first })
  await rig.post('/api/chat', { user_id: user, message: 'person' })
  const [found] = await rig.store.handoffs({ limit: 1 })
  conversationId = found!.conversationId
  at = new URL(createLinks({ key, publicUrl: () => rig.url }).handoff({ id: found!.id, at: now })).href
}
const form = (fields: Record<string, string>) =>
  fetch(at, { method: 'POST', headers: asPage, body: new URLSearchParams(fields), redirect: 'manual' })
const page = async (): Promise<string> => (await fetch(at, { headers: asPage })).text()
const words = async (): Promise<string[]> => (await rig.store.messages({ conversationId })).map(({ text }) => text)
const owner = async () => (await rig.store.attended(conversationId))?.owner

describe('the page of a case', () => {
  beforeEach(() => hand())

  test('shows what it is about and what was said, and allows no script and no other site', async () => {
    const response = await fetch(at, { headers: asPage })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    )
    const text = await response.text()
    for (const part of [user, 'Toy &amp; Sons &lt;Ltd&gt;', 'Asked for a person.', 'About a toy.', '1: hello'])
      expect(text).toContain(part)
    expect(text).not.toContain('<script')
  })

  test('taking it silences the bot, a reply goes out once, closing gives it back and says so', async () => {
    expect((await form({ take: 'Bea' })).status).toBe(303)
    expect(await owner()).toBe('human')
    expect(await page()).toContain('Bea has this case')
    expect((await form({ say: 'Bea here', key: 'twice-sent' })).status).toBe(303)
    expect((await form({ say: 'Bea here', key: 'twice-sent' })).status).toBe(303)
    await rig.post('/api/chat', { user_id: user, message: 'are you there?' })
    expect((await words()).slice(4)).toEqual(['Bea here', 'are you there?'])
    const done = await form({ close: 'true' })
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('This case is closed.')])
    expect(await owner()).toBe('bot')
    expect((await words()).at(-1)).toBe('The assistant is back.')
    const closed = await fetch(at, { headers: asPage })
    expect(closed.status).toBe(410)
    expect(await closed.text()).toContain('The case is closed.')
    expect((await form({ say: 'one more' })).status).toBe(410)
  })

  test('only one takes it, and nobody speaks before', async () => {
    expect((await form({ say: 'too early' })).status).toBe(409)
    const answers = await Promise.all([form({ take: 'Bea' }), form({ take: 'Carl' })])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409])
  })

  test('is not closed by a page that was opened before somebody took it', async () => {
    const [, stale = ''] = /name="seen" value="([^"]*)"/.exec(await page()) ?? []
    await form({ take: 'Bea' })
    const answer = await form({ close: 'true', seen: stale })
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('Bea has this case')])
    expect(await owner()).toBe('human')
    const [, seen = ''] = /name="seen" value="([^"]*)"/.exec(await page()) ?? []
    expect((await form({ close: 'true', seen })).status).toBe(200)
  })

  test('takes a reply of 4,000 characters as it was typed, whatever a browser makes of its line ends', async () => {
    await form({ take: 'Bea' })
    const typed = `${'line\n'.repeat(799)}line.`
    expect((await form({ say: typed.replaceAll('\n', '\r\n') })).status).toBe(303)
    expect((await words()).at(-1)).toBe(typed)
  })

  test('a program gets JSON of the same, and problem documents', async () => {
    const path = at.slice(rig.url.length)
    expect((await rig.get(path)).body).toMatchObject({ state: 'open', customer: { alias: user } })
    expect(await rig.post(path, { take: 'Bea' })).toMatchObject({ status: 202, body: { done: true } })
    expect(await rig.post(path, { say: 'hi' })).toMatchObject({ status: 202 })
    expect(await rig.post(path, { dance: true })).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    expect(await rig.post(path, { close: true })).toMatchObject({ status: 202 })
    expect(await rig.post(path, { close: true })).toMatchObject({ status: 410, body: { code: 'link_used' } })
  })

  test('is opened by its own link only, and for a week', async () => {
    const { pathname, searchParams } = new URL(at)
    const id = pathname.split('/').at(-1)!
    const until = now + dayMs
    const job = mintLink(key, { kind: 'job', id, until, data: {} })
    const other = mintLink(key, { kind: 'handoff', id: 'other', until, data: {} })
    const forged = mintLink(new Uint8Array(32), { kind: 'handoff', id, until, data: {} })
    for (const token of [job, other, forged, 'x.y', `${searchParams.get('token')}x`]) {
      expect(await rig.get(`${pathname}?token=${token}`)).toMatchObject({ status: 401 })
      expect(await rig.post(`${pathname}?token=${token}`, { close: true })).toMatchObject({ status: 401 })
    }
    for (const torn of [pathname, `${pathname}?tok`, `${at.slice(rig.url.length)}&token=twice`])
      expect((await rig.get(torn)).body['title']).toContain('Check that it was copied whole')
    expect((await rig.get(`${at.slice(rig.url.length)}&fbclid=click`)).status).toBe(200)
    now += 7 * dayMs
    expect((await fetch(at, { headers: asPage })).status).toBe(410)
  })
})

test('what a customer wrote is text, whatever it looks like', async () => {
  const evil = `<img src=x onerror="alert(1)"></li><script>alert(2)</script>'"&`
  await hand(evil)
  await rig.lane.submit({
    channel: 'api',
    messageId: 'evil',
    contact: { alias: user, name: evil },
    kind: 'text',
    text: 'x',
  })
  const text = await page()
  expect(text).not.toMatch(/<img|<script/)
  expect(text).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
})

describe.each(['job', 'approval'] as const)('a link for one %s', (kind) => {
  const links = createLinks({ key, publicUrl: () => '' })
  const mint = (id: string, until = now + dayMs) => links.mint({ kind, id, until, channel: 'api', alias: user })

  test('carries what is posted into the conversation, once, whoever posts at the same time', async () => {
    await hand()
    const path = mint(`${kind}-1`)
    const answers = await Promise.all(Array.from({ length: 5 }, () => rig.post(path, { approved: true })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 410, 410, 410, 410])
    expect(await rig.post(path, {})).toMatchObject({ status: 410, body: { code: 'link_used' } })
    await rig.post('/api/chat', { user_id: user, message: 'after' })
    const [session] = await rig.store.sessions({ limit: 1 })
    const came = (await rig.store.trace(session!.id)).flatMap(({ events }) => events)
    expect(came.filter((event) => event.kind === kind)).toMatchObject([
      { channel: 'api', contact: { alias: user }, data: { approved: true, id: `${kind}-1` } },
    ])
  })

  test('is refused when it is too old, or for something else', async () => {
    expect(await rig.post(mint('old', now), {})).toMatchObject({ status: 410 })
    expect(await rig.post(mint('one').replace('one', 'two'), {})).toMatchObject({ status: 401 })
    expect(await rig.post(mint('bad'), [1])).toMatchObject({ status: 400 })
    expect(await rig.post(mint('bad'), {})).toMatchObject({ status: 202 })
  })
})
