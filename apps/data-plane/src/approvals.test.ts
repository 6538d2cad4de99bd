import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digest, operationManifest, type JsonObject } from '@copse/contracts'
import { createLogger } from '@copse/http'
import { describe, expect, test } from 'vitest'
import type { DataPlane } from './compose.ts'
import { lacksBrowser, openBrowser } from './testing/browser.ts'
import { writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

const soon = { timeout: 15_000 }
const hourMs = 3_600_000
const leaf = (op: string, config: JsonObject): JsonObject => ({ op, name: op, config: { step: op, ...config } })

/** Asks the boss at an address outside, waits for the answer at ours, and does as it says. */
const tree: JsonObject = {
  v: 1,
  id: 'raise',
  version: '1',
  root: {
    op: 'stages',
    config: { initial: 'ask', exits: { ask: { success: 'tell', failure: 'tell' }, tell: { success: 'end' } } },
    children: [
      {
        op: 'sequence',
        name: 'ask',
        children: [
          leaf('link', { answers: 'approval', key: '_boss', forMs: hourMs, summary: 'Raise for case {{case_id}}' }),
          leaf('call', { operation: 'ask_boss', arguments: [{ param: 'callback', source: '_boss.url' }] }),
          leaf('say', { say: { en: 'I am asking.' } }),
          { op: 'wait', name: 'wait', config: { kind: 'approval', keyFrom: '_boss.id' } },
        ],
      },
      { ...leaf('end', { say: { en: 'It is decided.' } }), name: 'tell' },
    ],
  },
}

/** The boss's own system takes the address; the clock is the test's. */
async function open() {
  const asked: string[] = []
  const boss = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      asked.push((JSON.parse(body) as { callback: string }).callback)
      response.end('{"ok": true}')
    })
  })
  await new Promise<void>((listening) => boss.listen(0, '127.0.0.1', listening))
  const tenant = await writeTenant()
  const clock = { at: Date.UTC(2026, 9, 26, 9), now: () => clock.at }
  const operation = operationManifest.parse({
    name: 'ask_boss',
    effect: 'idempotent',
    params: { callback: { type: 'string', required: true } },
    wire: { method: 'POST', path: '/asks' },
  })
  const connector = {
    name: 'boss',
    type: 'http',
    config: { baseUrl: `http://127.0.0.1:${(boss.address() as AddressInfo).port}` },
    operations: [operation],
  }
  const start = async (): Promise<DataPlane> => {
    const local = await bootFrom(tenant.file, { clock })
    const [greet] = local.bundle.release.procedures
    const raise = { ...greet!, id: 'raise', triggers: ['raise'], tree, treeHash: digest(tree) }
    const release = { ...local.bundle.release, procedures: [raise], connectors: [connector] }
    const bundle = { ...local.bundle, release }
    return startPlane({ ...local, bundle }, { clock, wakeMs: 5 })
  }
  let plane = await start()
  const here = (url: string) => `http://127.0.0.1:${plane.port}${new URL(url).pathname}${new URL(url).search}`
  return {
    asked,
    clock,
    say: (message: string) =>
      ask<{ session_id: string; status: string; response: string }>(plane, '/api/chat', { user_id: 'ana', message }),
    async heard(id: string) {
      const { messages } = await ask<{ messages: { author: string; text: string }[] }>(
        plane,
        `/api/sessions/${id}/messages`,
      )
      return messages.filter(({ author }) => author === 'business').map(({ text }) => text)
    },
    here,
    get: async (path: string) => (await fetch(`http://127.0.0.1:${plane.port}${path}`)).text(),
    answer(url: string) {
      const { pathname, search } = new URL(url)
      return ask<{ code?: string; title?: string }>(plane, pathname + search, { approved: true })
    },
    async restart() {
      await plane.close()
      plane = await start()
    },
    async close() {
      await plane.close()
      await tenant.remove()
      boss.closeAllConnections()
      boss.close()
    },
  }
}

const spent = { http: 410, title: 'This link was used already, or is too old. Ask for a new one.' }

test('an approval goes out as an address, and what is answered there, once, goes on with the session', async () => {
  const tenant = await open()
  const { session_id: id, response, status } = await tenant.say('raise')
  expect([response, status, tenant.asked.length]).toEqual(['I am asking.', 'waiting', 1])
  const [url] = tenant.asked
  expect((await tenant.say('and?')).response).toMatch(/^This is still being worked on/)
  await tenant.restart()
  expect(await tenant.answer(url!)).toMatchObject({ http: 202 })
  await expect.poll(async () => (await tenant.heard(id)).at(-1), soon).toBe('It is decided.')
  expect(await tenant.answer(url!)).toMatchObject(spent)
  await tenant.restart()
  expect(await tenant.answer(url!)).toMatchObject(spent)
  expect(await tenant.heard(id)).toHaveLength(3)
  await tenant.close()
})

test('an address that is too old says so, and the session waits on', async () => {
  const tenant = await open()
  await tenant.say('raise')
  tenant.clock.at += hourMs
  expect(await tenant.answer(tenant.asked[0]!)).toMatchObject(spent)
  expect(await tenant.say('and?')).toMatchObject({ status: 'waiting' })
  await tenant.close()
})

test('what opens the approval is told to nobody who reads how it came', async () => {
  const tenant = await open()
  const { session_id: id } = await tenant.say('raise')
  await tenant.answer(tenant.asked[0]!)
  const secret = new URL(tenant.asked[0]!).searchParams.get('token')!
  for (const path of [`/api/bt/trace/${id}`, `/api/bt/trace/${id}/summary`, '/api/effects', `/internal/tree/${id}`]) {
    const told = await tenant.get(path)
    expect(told).not.toContain(secret)
    if (path !== `/internal/tree/${id}`) expect(told).toContain('?token=[redacted]')
  }
  const lines: string[] = []
  const logger = createLogger({ level: 'info', clock: tenant.clock, write: (line) => lines.push(line) })
  logger.info({ url: tenant.asked[0] }, `asked at ${tenant.asked[0]!}`)
  for (const part of secret.split('.')) expect(lines.join()).not.toContain(part)
  await tenant.close()
})

describe('the page of an approval', () => {
  const asPage = { accept: 'text/html,application/xhtml+xml' }
  const post = (url: string, approved: string) =>
    fetch(url, { method: 'POST', headers: asPage, body: new URLSearchParams({ approved }) })

  test.each([
    ['true', 'You approved this.'],
    ['false', 'You declined this.'],
  ])('shows what is asked for, takes %s by a form, once, and says what was taken', async (approved, told) => {
    const tenant = await open()
    const { session_id: id } = await tenant.say('raise <b>')
    const url = tenant.here(tenant.asked[0]!)
    const shown = await fetch(url, { headers: asPage })
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(shown.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    const page = await shown.text()
    expect(page).toContain(`Raise for case CASE-${id.slice(0, 8).toUpperCase()}`)
    expect(page).toContain('case_id')
    expect(page).not.toMatch(/<script|token=/)
    // Opened as often as a mail program likes: only a form answers.
    expect(await (await fetch(url)).json()).toMatchObject({ summary: expect.stringMatching(/^Raise for case/) })
    const taken = await post(url, approved)
    expect([taken.status, await taken.text()]).toEqual([202, expect.stringContaining(told)])
    await expect.poll(async () => (await tenant.heard(id)).at(-1), soon).toBe('It is decided.')
    expect(await tenant.get(`/api/bt/trace/${id}`)).toContain(`"data":{"approved":${approved},"id"`)
    for (const again of [await fetch(url, { headers: asPage }), await post(url, approved)]) {
      expect(again.status).toBe(410)
      // Who taps twice sees this page: it must not read as if nothing was taken.
      expect(await again.text()).toContain('It was answered already; the first answer counts.')
    }
    await tenant.close()
  })

  test('takes no answer for granted that nobody waits for any more, however long the page was open', async () => {
    const tenant = await open()
    await tenant.say('raise')
    const url = tenant.here(tenant.asked[0]!)
    expect((await fetch(url, { headers: asPage })).status).toBe(200)
    await tenant.say('I want to talk to a person')
    const late = await post(url, 'true')
    expect([late.status, await late.text()]).toEqual([410, expect.stringContaining('Nobody waits for it any more.')])
    await tenant.close()
  })

  test('says so when it is too old, forged, or nobody waits for it any more', async () => {
    const tenant = await open()
    await tenant.say('raise')
    const url = tenant.here(tenant.asked[0]!)
    expect((await fetch(`${url}x`, { headers: asPage })).status).toBe(401)
    expect((await post(url, 'perhaps')).status).toBe(400)
    await tenant.say('I want to talk to a person')
    const over = await fetch(url, { headers: asPage })
    expect([over.status, await over.text()]).toEqual([410, expect.stringContaining('Nobody waits for it any more.')])
    tenant.clock.at += hourMs
    expect((await fetch(url, { headers: asPage })).status).toBe(410)
    await tenant.close()
  })

  test.skipIf(lacksBrowser('approval page'))('is read and answered on a phone, by its buttons alone', async () => {
    const tenant = await open()
    await tenant.say('raise')
    const browser = await openBrowser()
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(tenant.here(tenant.asked[0]!))
    await page.getByRole('heading', { name: /^Raise for case/ }).waitFor()
    await page.getByRole('button', { name: 'Decline' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('heading', { name: 'You approved this.' }).waitFor()
    expect(complaints).toEqual([])
    await browser.close()
    await tenant.close()
  })
})
