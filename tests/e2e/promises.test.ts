import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageView, TracedTurn } from '@copse/contracts'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { tenantAt, type TenantClient } from './process/tenant-client.ts'
import { runTenant, startTenant, type TenantProcess } from './process/tenant-process.ts'

/** What a tenant's process promises whoever talks to it over HTTP. */
const soon = { timeout: 15_000, interval: 30 }
const fields = ['a', 'b', 'c', 'd', 'e']
const operations = new URL('../../examples/demo-business/operations.yaml', import.meta.url).pathname

const five = `copse: 1
procedure:
  id: five
  name: Five things
  version: '1'
  triggers: [five things]
  steps:
${fields
  .map(
    (key, at) => `    - id: ask_${key}
      action: collect_info
      say: '${key}?'
      extract_fields: [{key: ${key}, type: text, description: Anything}]
      required_fields: [${key}]
      next_step: ${at < 4 ? `ask_${fields[at + 1]}` : 'done'}`,
  )
  .join('\n')}
    - {id: done, action: end, say: '${fields.map((key) => `{{${key}}}`).join(' ')}'}
`

const parcel = `copse: 1
procedure:
  id: parcel
  name: Parcel
  version: '1'
  triggers: [parcel]
  steps:
    - id: which
      action: collect_info
      say: Which order?
      extract_fields: [{key: order_id, pattern: 'ORD-[0-9]+', description: The order}]
      required_fields: [order_id]
      next_step: find
    - id: find
      action: tool_call
      say: It is {{order_data.status}}.
      tools: [{name: lookup_order, arg_mappings: [{param: order_id, source: order_id}]}]
      on_success: more
      on_failure: end
    - id: more
      action: collect_info
      say: Anything to add?
      extract_fields: [{key: note, type: text, description: Anything}]
      required_fields: [note]
      next_step: done
    - {id: done, action: end, say: 'Noted: {{note}}'}
`

let home: string
let business: DemoBusiness
let tenant: TenantProcess
let client: TenantClient

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'copse-promises-'))
  business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  const config = {
    tenant: { slug: 'promises', name: 'Promises' },
    procedures: ['five.yaml', 'parcel.yaml'],
    connectors: [{ name: 'business', type: 'http', config: { baseUrl: business.url }, operations }],
    identity: 'find_customer',
  }
  await writeFile(join(home, 'five.yaml'), five)
  await writeFile(join(home, 'parcel.yaml'), parcel)
  await writeFile(join(home, 'tenant.yaml'), stringify(config))
  await start()
})
afterAll(async () => {
  await tenant.kill()
  await business.close()
  await rm(home, { recursive: true })
})

const place = () => ({ configPath: join(home, 'tenant.yaml'), folder: join(home, 'data'), cache: join(home, 'cache') })

async function start(): Promise<void> {
  tenant = await startTenant(place())
  client = tenantAt(tenant.url)
}

const turnsOf = async (session: string): Promise<TracedTurn[]> =>
  (await client.get(`/api/bt/trace/${session}`)).body.turns

const saidIn = async (session: string): Promise<string[]> =>
  (await client.get(`/api/sessions/${session}/messages`)).body.messages.map(spoken)

const spoken = ({ author, text }: MessageView): string => `${author}: ${text}`

/** A body as it is; the status and the code of the refusal. */
async function refusal(body: string, type = 'application/json'): Promise<[number, string]> {
  const response = await fetch(`${tenant.url}/api/chat`, { method: 'POST', headers: { 'content-type': type }, body })
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const { code, title } = (await response.json()) as { code: string; title: string }
  expect(title).toMatch(/\.$/)
  return [response.status, code]
}

const saying = (message: string): string => JSON.stringify({ user_id: 'eve', message })

describe('a tenant process', () => {
  it('makes one turn of a message that is delivered 50 times at once, and gives all the same answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.chat('ann', 'five things', { message_id: 'once' })),
    )
    expect(answers[0]).toMatchObject({ status: 200, body: { status: 'waiting', response: 'a?' } })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const session = answers[0]?.body.session_id
    expect(await turnsOf(session)).toHaveLength(1)
    expect(await saidIn(session)).toEqual(['customer: five things', 'business: a?'])
  })

  it('makes five turns, one after the other, of five messages that a contact sends at once', async () => {
    const { session_id: session } = (await client.chat('ben', 'five things')).body
    const words = ['apple', 'brick', 'cloud', 'drum', 'egg']
    const answers = await Promise.all(words.map((word) => client.chat('ben', word)))
    expect(new Set(answers.map(({ body }) => body.session_id))).toEqual(new Set([session]))

    const said = await saidIn(session)
    const order = said.slice(2).filter((_, at) => at % 2 === 0)
    expect(order.toSorted()).toEqual(words.map((word) => `customer: ${word}`))
    const taken = order.map((line) => line.replace('customer: ', '')).join(' ')
    expect(said.filter((line) => line.startsWith('business'))).toEqual([
      ...fields.map((key) => `business: ${key}?`),
      `business: ${taken}`,
    ])
    expect((await turnsOf(session)).map(({ events, attempts }) => [events.length, attempts])).toEqual(
      Array.from({ length: 6 }, () => [1, 1]),
    )
  })

  it('knows no session of somebody else, and says of an ended one that it is over', async () => {
    const { session_id: session } = (await client.chat('cat', 'five things')).body
    const stolen = await client.chat('dan', 'mine now', { session_id: session })
    expect(stolen).toMatchObject({ status: 404, body: { code: 'session_not_found' } })
    expect(await client.chat('dan', 'hello', { session_id: 'no-such' })).toMatchObject({ status: 404 })
    for (const field of fields) await client.chat('cat', `thing ${field}`, { session_id: session })
    const over = await client.chat('cat', 'and one more', { session_id: session })
    expect(over).toMatchObject({ status: 200, body: { session_id: session, status: 'completed', step: 'done' } })
    expect(over.body.response).toMatch(/^This request is settled/)
    const said = await saidIn(session)
    expect(said).toContain('business: thing a thing b thing c thing d thing e')
    expect(said.join()).not.toContain('mine now')
  })

  it('says what is wrong with a body that it cannot take, and goes on', async () => {
    expect(await refusal('{"user_id": "eve", ')).toEqual([400, 'body_not_json'])
    expect(await refusal('user_id=eve', 'application/x-www-form-urlencoded')).toEqual([400, 'body_not_json'])
    expect(await refusal('[]')).toEqual([400, 'body_invalid'])
    expect(await refusal(saying(' '))).toEqual([422, 'message_empty'])
    expect(await refusal(saying('x'.repeat(10_000)))).toEqual([422, 'message_too_long'])
    expect(await refusal(saying('x'.repeat(100_000)))).toEqual([413, 'body_too_large'])
    expect(await client.chat('eve', 'five things')).toMatchObject({ status: 200 })
  })

  it('keeps a second process from its data with one clear line, and talks on meanwhile', async () => {
    const [second] = await Promise.all([runTenant(place()), client.chat('fay', 'five things')])
    expect(second.code).toBe(1)
    expect(second.stderr).toMatch(/^copse: data_locked: .+\n$/)
    expect((await client.chat('fay', 'apple')).body).toMatchObject({ response: 'b?' })
  })

  it('ends its turn when asked to stop, and the next process answers what it had acknowledged', async () => {
    await client.chat('CUST-456', 'parcel')
    business.faults.set({ delayMs: 500, fail: 'none', operation: 'lookup_order', times: 1 })
    const slow = client.chat('CUST-456', 'ORD-123', { message_id: 'slow' })
    await expect.poll(() => business.faults.read().delayMs, soon).toBe(0)
    const next = { message_id: 'next' }
    const cut = client.chat('CUST-456', 'ring twice', next).catch(() => 'cut off')
    await expect.poll(async () => (await fetch(`${tenant.url}/metrics`)).text(), soon).toMatch(/inbox_pending 2\b/)
    expect(await tenant.stop()).toBe(0)
    expect((await slow).body).toMatchObject({ status: 'waiting', response: 'It is delivered. Anything to add?' })
    expect(await cut).toBe('cut off')

    await start()
    const answer = await client.chat('CUST-456', 'ring twice', next)
    expect(answer.body).toMatchObject({ status: 'completed', response: 'Noted: ring twice' })
    expect(await saidIn(answer.body.session_id)).toEqual([
      'customer: parcel',
      'business: Which order?',
      'customer: ORD-123',
      'business: It is delivered. Anything to add?',
      'customer: ring twice',
      'business: Noted: ring twice',
    ])
  })
})
