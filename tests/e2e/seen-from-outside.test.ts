import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { metrics as catalogue, randomIds, systemClock, type MetricName, type MetricSpec } from '@copse/contracts'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { createLogger } from '@copse/http'
import { startWhatsAppCloud, whatsAppText, type WhatsAppCloud } from '@copse/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { boot } from '../../apps/data-plane/src/boot.ts'
import { compose, type DataPlane } from '../../apps/data-plane/src/compose.ts'
import { readConfig } from '../../apps/data-plane/src/config.ts'
import { parseExposition, type Sample } from './exposition.ts'

const root = new URL('../../', import.meta.url).pathname
const soon = { timeout: 15_000 }
const secrets = {
  bank: 'sk-canary-of-the-bank-0123456789',
  accessToken: 'EAACanaryOfTheChannel0123456789',
  appSecret: 'canary-of-the-app-9876543210',
  verifyToken: 'canary-of-the-handshake',
  operator: 'copse_operator_canary0123456789abcdef',
  phone: '34600111222',
  card: '4111 1111 1111 1111',
  mail: 'canary@example.com',
}

let home: string
let business: DemoBusiness
let cloud: WhatsAppCloud
let plane: DataPlane
let url: string
const lines: string[] = []

/** One story: a refund that works, one that is cut off, and a customer on a channel that refuses every reply. The cases run in order. */
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'copse-outside-'))
  business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  cloud = await startWhatsAppCloud({ appSecret: secrets.appSecret, accessToken: 'what the channel wants instead' })
  const { accessToken, appSecret, verifyToken } = secrets
  await writeFile(path.join(home, 'bank'), secrets.bank)
  await writeFile(path.join(home, 'meta'), JSON.stringify({ accessToken, appSecret, verifyToken }))
  const config = {
    tenant: { slug: 'seen', name: 'Seen', profile: { timeZone: 'Europe/Madrid' } },
    procedures: [path.join(root, 'procedures/refund.procedure.yaml')],
    connectors: [
      {
        name: 'business',
        type: 'http',
        config: { baseUrl: business.url },
        credential: 'bank',
        operations: path.join(root, 'examples/demo-business/operations.yaml'),
      },
    ],
    channels: [
      {
        name: 'shop',
        type: 'whatsapp',
        config: { phoneNumberId: cloud.phoneNumberId, baseUrl: cloud.url },
        credential: 'meta',
      },
    ],
    // It refuses: the deterministic means carry on, and the failed calls are counted.
    model: {
      provider: 'scripted',
      replies: Array.from({ length: 50 }, () => ({ fault: 'model_refused' })),
      usdPerMillion: { input: 1, output: 2 },
    },
    credentials: { bank: 'bank', meta: 'meta' },
    identity: 'find_customer',
  }
  await writeFile(path.join(home, 'tenant.yaml'), stringify(config))
  const logger = createLogger({
    level: 'debug',
    clock: systemClock,
    fields: { tenant: 'seen', instance: 'one' },
    write: (line) => lines.push(line),
  })
  const settings = readConfig({
    TENANT_CONFIG_PATH: path.join(home, 'tenant.yaml'),
    COPSE_DATA: path.join(home, 'data'),
  })
  plane = await compose({
    boot: await boot({ config: settings, clock: systemClock, logger, random: Math.random }),
    host: '127.0.0.1',
    port: 0,
    instance: 'one',
    clock: systemClock,
    ids: randomIds,
    logger,
  })
  url = `http://127.0.0.1:${plane.port}`

  await chat('CUST-456', 'I want a refund for my order from TechMart')
  await chat('CUST-456', 'yes')
  await chat('CUST-678', `I want a refund for ORD-602, my card is ${secrets.card}, write to ${secrets.mail}`)
  business.faults.set({ delayMs: 0, fail: 'cut_after', operation: 'issue_refund', times: 20 })
  await chat('CUST-678', 'yes')
  // What was meant is not plain: the model is asked.
  await chat('CUST-789', 'I want a refund')
  await chat('CUST-789', 'it came from some sports place, I think')
  const body = JSON.stringify(whatsAppText(cloud, { id: 'w1', from: secrets.phone }, `hello, ${secrets.card}`))
  const post = (headers: Record<string, string>) => fetch(`${url}/webhooks/shop`, { method: 'POST', headers, body })
  expect((await post(cloud.sign(body))).status).toBe(200)
  expect((await post({ 'x-hub-signature-256': `sha256=${secrets.operator}` })).status).toBe(401)
}, 60_000)
afterAll(async () => {
  await plane.close()
  await business.close()
  await cloud.close()
  await rm(home, { recursive: true })
})

async function chat(user: string, message: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secrets.operator}` }
  const answer = await fetch(`${url}/api/chat?key=${secrets.operator}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ user_id: user, message }),
  })
  expect(answer.status).toBe(200)
}

const scrape = async (): Promise<Sample[]> => parseExposition(await (await fetch(`${url}/metrics`)).text())

const valueOf = (samples: Sample[], name: string, labels: Record<string, string> = {}): number | undefined =>
  samples.find(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value

describe('the metrics of a tenant', () => {
  it('say what happened', async () => {
    await expect.poll(async () => valueOf(await scrape(), 'outbox_breaker_state', { channel: 'shop' }), soon).toBe(2)
    const samples = await scrape()
    const value = (name: MetricName | `${MetricName}_count`, labels?: Record<string, string>) =>
      valueOf(samples, name, labels)
    expect(value('effects_uncertain')).toBe(1)
    expect(value('connector_calls_total', { operation: 'issue_refund', status: 'ok' })).toBe(1)
    expect(value('connector_calls_total', { operation: 'issue_refund', status: 'uncertain' })).toBeGreaterThan(0)
    expect(value('lane_turns_total', { state: 'committed' })).toBe(7)
    for (const phase of ['wait', 'load', 'run', 'commit']) expect(value('lane_phase_ms_count', { phase })).toBe(7)
    expect(value('inbox_pending')).toBe(0)
    expect(value('inbox_lag_ms')).toBe(0)
    expect(value('outbox_unsent', { channel: 'shop' })).toBe(1)
    expect(value('outbox_age_ms', { channel: 'shop' })).toBeGreaterThan(0)
    expect(value('connector_breaker_state', { connector: 'business' })).toBeDefined()
    expect(value('webhook_refused_total', { channel: 'shop' })).toBe(1)
    expect(value('timers_late')).toBe(0)
    expect(value('store_commit_ms_count')).toBeGreaterThan(10)
    expect(value('model_calls_total', { provider: 'scripted', outcome: 'model_refused' })).toBeGreaterThan(0)
    expect(value('model_tokens_total', { provider: 'scripted', direction: 'input' })).toBeGreaterThan(0)
    expect(value('model_cost_usd_total', { provider: 'scripted' })).toBeGreaterThan(0)
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
  })

  it('are Prometheus text, of families that the reference names, with the labels that it names', async () => {
    for (const { name, family, labels } of await scrape()) {
      const spec: MetricSpec | undefined = catalogue[family as MetricName]
      expect(spec, name).toBeDefined()
      const allowed = [...spec.labels, ...(name.endsWith('_bucket') ? ['le'] : [])]
      for (const label of Object.keys(labels)) expect(allowed, name).toContain(label)
    }
  })
})

describe('the log of a tenant', () => {
  it('is one JSON object a line, each with its time, level, tenant and instance', () => {
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), message: expect.any(String), tenant: 'seen' })
      expect(JSON.parse(line)).toMatchObject({ time: expect.stringMatching(/^\d{4}-/), instance: 'one' })
    }
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toContain('warn')
  })

  it('holds no secret and nothing that a customer said or is reached by, wherever it came in', () => {
    const log = lines.join('\n')
    for (const [place, secret] of Object.entries(secrets)) expect(log, place).not.toContain(secret)
    expect(log).not.toMatch(/canary|4111|TechMart/i)
  })
})
