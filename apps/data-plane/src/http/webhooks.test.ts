import { request } from 'node:http'
import { createChannels } from '@copse/channels'
import { Fault, type Channel } from '@copse/contracts'
import { createLogger } from '@copse/http'
import { startWhatsAppCloud, whatsAppEnvelope, whatsAppText, type WhatsAppCloud } from '@copse/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRig, type Rig } from '../testing/rig.ts'

const verifyToken = 'a-word-of-the-operator'
let cloud: WhatsAppCloud
let rig: Rig
let channels: ReadonlyMap<string, Channel>
let refusal: unknown

beforeEach(async () => {
  cloud = await startWhatsAppCloud()
  refusal = undefined
  const { accessToken, appSecret, phoneNumberId } = cloud
  const config = { phoneNumberId, baseUrl: cloud.url }
  channels = await createChannels([{ name: 'shop', type: 'whatsapp', config, credential: 'meta' }], {
    meta: JSON.stringify({ accessToken, appSecret, verifyToken }),
  })
  rig = await openRig({ channels: () => channels, slowMs: 0 })
})
afterEach(async () => {
  await rig.close()
  await cloud.close()
})

const address = (binding = 'shop') => `${rig.url}/webhooks/${binding}`
const post = (body: string, headers = cloud.sign(body), to = address()) => fetch(to, { method: 'POST', body, headers })
const pending = async () => (await rig.store.counts()).pendingMessages
const stored = async () => (await pending()) + rig.turns()
const text = (id: string) => JSON.stringify(whatsAppText(cloud, { id, from: '34600000000' }, 'hello'))

/** A signed request as it is said, with nothing put right. Answers its status. */
const raw = (headers: Record<string, string>, chunks: string[]): Promise<number> =>
  new Promise((resolve) => {
    const call = request(address(), { method: 'POST', headers: { ...cloud.sign(chunks.join('')), ...headers } })
    call.on('response', (response) => resolve(response.statusCode ?? 0))
    call.on('error', () => resolve(0))
    for (const chunk of chunks) call.write(chunk)
    call.end()
  })

describe('GET /webhooks/:binding', () => {
  const ask = (token: string, to = address()) =>
    fetch(`${to}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)

  test('answers the challenge as plain text to who knows the word', async () => {
    const answer = await ask(verifyToken)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await answer.text()).toBe('1158201444')
  })

  test('is refused with another word, with none and with two', async () => {
    for (const token of ['wrong', '', `${verifyToken}&hub.verify_token=${verifyToken}`])
      expect((await ask(token)).status).toBe(403)
  })

  test('of a binding that there is not, or that nobody calls, is not found', async () => {
    for (const name of ['other', 'webchat', 'constructor', '%00', '..%2Fchat'])
      expect((await ask(verifyToken, address(name))).status).toBe(404)
  })
})

describe('POST /webhooks/:binding', () => {
  test('stores each message once, whatever the body says that it is', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png'])
      expect((await post(text('wamid.1'), { ...cloud.sign(text('wamid.1')), 'content-type': type })).status).toBe(200)
    await expect.poll(pending, { timeout: 15_000 }).toBe(0)
    expect(rig.turns()).toBe(1)
  })

  test('is of the signature alone, also when its type is no type', async () => {
    for (const type of ['', ';;;', 'application', '\u00ff']) {
      expect(await raw({ 'content-type': type }, [text('wamid.1')]), type).toBe(200)
      expect(await raw({ 'content-type': type, 'x-hub-signature-256': 'sha256=00' }, ['{}']), type).toBe(401)
    }
  })

  test('with a bad signature is 401, says nothing and stores nothing', async () => {
    const body = text('wamid.1')
    const signed = cloud.sign(body)
    const other = await startWhatsAppCloud({ appSecret: 'the-secret-of-another-tenant' })
    for (const headers of [{}, cloud.sign(`${body} `), { 'x-hub-signature-256': 'sha256=00' }, other.sign(body)]) {
      const answer = await post(body, headers)
      expect([answer.status, await answer.text()]).toEqual([401, ''])
    }
    expect((await post('', signed)).status).toBe(401)
    expect(await stored()).toBe(0)
    await other.close()
  })

  test('takes 3 MB and refuses more', async () => {
    const of = (bytes: number) => text('wamid.1').padEnd(bytes)
    expect((await post(of(3 * 1024 * 1024))).status).toBe(200)
    expect((await post(of(3 * 1024 * 1024 + 1))).status).toBe(413)
  })

  test('of more messages than the inbox takes at once is kept whole, however many deliveries that needs', async () => {
    const messages = Array.from({ length: 5_600 }, (_, at) => {
      return { id: `wamid.${at}`, from: `3460000${at % 50}`, type: 'text', text: { body: `${at}` } }
    })
    const body = JSON.stringify(whatsAppEnvelope(cloud, { messages }))
    await expect.poll(async () => (await post(body)).status, { timeout: 30_000, interval: 200 }).toBe(200)
    const metrics = await (await fetch(`${rig.url}/metrics`)).text()
    expect(metrics).toContain('webhook_received_total{channel="shop",kind="events"} 5600')
  }, 40_000)

  test('is 404 for a binding that there is not', async () => {
    expect((await post(text('wamid.1'), undefined, address('other'))).status).toBe(404)
  })

  test('is 200 for what nobody understands, and counts it', async () => {
    const bodies = ['null', '{"entry":', '['.repeat(100_000), '{"entry":[{"changes":[{"field":"account"}]}]}']
    for (const body of bodies) expect((await post(body)).status).toBe(200)
    const other = JSON.stringify(whatsAppText({ phoneNumberId: '999' }, { id: 'w', from: '1' }, 'hi'))
    expect((await post(other)).status).toBe(200)
    expect(await stored()).toBe(0)
    const metrics = await (await fetch(`${rig.url}/metrics`)).text()
    expect(metrics).toContain('webhook_dropped_total{channel="shop",reason="not_json"} 3')
    expect(metrics).toContain('webhook_dropped_total{channel="shop",reason="other_binding"} 1')
  })

  test('is 503 when it cannot be stored now and 500 when we are at fault: both are delivered again', async () => {
    await rig.close()
    const { lane } = rig
    const submitAll = async (): Promise<never> => {
      throw refusal
    }
    const said: string[] = []
    const logger = createLogger({ level: 'error', clock: { now: () => 0 }, write: (line) => void said.push(line) })
    rig = await openRig({ channels: () => channels, lane: { ...lane, submitAll }, logger })
    for (const [failure, status, code] of [
      [new Fault('busy'), 503, 'busy'],
      [new Fault('draining'), 503, 'draining'],
      [new Fault('storage_failed'), 503, 'storage_failed'],
      [new Fault('data_damaged'), 500, 'data_damaged'],
      // Nothing that the outside could do better.
      [new Fault('not_found'), 500, 'internal'],
      [new TypeError('a bug of ours'), 500, 'internal'],
    ] as const) {
      refusal = failure
      const answer = await post(text('wamid.1'))
      expect(answer.status).toBe(status)
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null)
      const body = await answer.text()
      expect(JSON.parse(body)).toMatchObject({ code })
      expect(body).not.toContain('a bug of ours')
      expect(said.splice(0).join()).toContain(`"code":"${code}"`)
    }
  })

  test('that breaks off, lies about its length or has no length at all is never a 500', async () => {
    const envelope = JSON.stringify(whatsAppEnvelope(cloud, {}))
    expect(await raw({ 'transfer-encoding': 'chunked' }, envelope.split(''))).toBe(200)
    expect(await raw({ 'content-encoding': 'gzip' }, [envelope])).toBe(200)
    expect(await raw({ 'content-length': '3' }, [envelope])).toBeLessThan(500)
    expect(await raw({ 'content-length': 'x' }, [envelope])).toBeLessThan(500)
  })
})
