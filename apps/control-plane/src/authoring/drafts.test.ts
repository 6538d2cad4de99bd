import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { startAnthropicServer, type AnthropicServer } from '@copse/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'
import { eventually } from '../testing/eventually.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'

let cp: TestControlPlane
let model: AnthropicServer
beforeAll(async () => {
  cp = await startControlPlane()
  model = await startAnthropicServer()
  for (const slug of ['drafter', 'other', 'asker']) {
    await cp.call('POST', '/v1/tenants', { slug, name: slug })
    await cp.call('PUT', `/v1/tenants/${slug}/connectors/shop`, shopWith(findOrder))
  }
  await cp.call('PUT', '/v1/tenants/asker/credentials/model_key', { value: 'sk-secret-of-asker' })
  const binding = { provider: 'anthropic', model: 'some-model', credential: 'model_key', baseUrl: model.url }
  await cp.call('PUT', '/v1/tenants/asker/model', binding)
})
afterAll(async () => {
  await cp.close()
  await model.close()
})

const sop = 'Late orders\n\n1. Ask for the order ID.\n2. Find the order.\n3. If it is late, pay it back.\n'
const ingest = (tenant: string, text: string) => cp.call('POST', `/v1/tenants/${tenant}/procedures/ingest`, { text })

test('a text becomes a draft that the tenant keeps, and that no publication takes up', async () => {
  const drafted = await ingest('drafter', sop)
  expect(drafted).toMatchObject({
    status: 201,
    body: { procedure: 'late_orders', model: 'offline', findings: [], questions: [{}, { line: 5 }] },
  })
  expect(drafted.body.text).toContain('name: find_order')
  const { id } = drafted.body
  expect((await cp.call('GET', '/v1/tenants/drafter/drafts')).body.items).toMatchObject([
    { id, procedure: 'late_orders', questions: 2, findings: 0 },
  ])
  expect((await cp.call('GET', `/v1/tenants/drafter/drafts/${id}`)).body).toEqual(drafted.body)

  await cp.call('PUT', '/v1/tenants/drafter/procedures/look_up', lookUp())
  const published = await cp.call('POST', '/v1/tenants/drafter/releases')
  expect(published.body.procedures.map((one: { id: string }) => one.id)).toEqual(['look_up'])

  // It is live once somebody puts it there.
  expect((await cp.call('PUT', '/v1/tenants/drafter/procedures/late_orders', drafted.body.text)).status).toBe(200)
})

test('a draft is nobody else’s, and a stranger’s request is refused', async () => {
  const { id } = (await ingest('drafter', sop)).body
  expect((await cp.call('GET', `/v1/tenants/other/drafts/${id}`)).status).toBe(404)
  expect((await cp.call('GET', '/v1/tenants/other/drafts')).body.items).toEqual([])
  expect((await cp.call('POST', '/v1/tenants/drafter/procedures/ingest', { text: sop }, {})).status).toBe(401)
})

test.each([
  ['nothing', '', 422, 'text_unusable'],
  ['blanks', '   \n ', 422, 'text_unusable'],
  ['bytes that are no text', 'PK\u0003\u0004\u0014', 422, 'text_unusable'],
  ['a book', 'Ask. '.repeat(100_000), 422, 'text_unusable'],
  ['5 MB', 'Ask. '.repeat(1_000_000), 413, 'body_too_large'],
])('%s are refused in words', async (_, text, status, code) => {
  expect(await ingest('drafter', text)).toMatchObject({ status, body: { code } })
})

const step = { name: '', say: '', sentences: [2, 3, 4] }
const proposal = {
  id: 'late_orders',
  name: 'Late orders',
  description: '',
  triggers: ['late order'],
  steps: [{ ...step, id: 'done', action: 'end', say: 'Sorry.', outcome: '' }],
  questions: [],
}

/** Every event of a stream, with its data. */
async function events(tenant: string): Promise<[string, Record<string, unknown>][]> {
  const response = await fetch(`${cp.url}/v1/tenants/${tenant}/procedures/ingest`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer test-admin-key-of-more-than-32-characters',
      'content-type': 'text/plain',
      accept: 'text/event-stream',
    },
    body: sop,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  return [...(await response.text()).matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event, data]) => [
    event!,
    JSON.parse(data!) as Record<string, unknown>,
  ])
}

test('the tenant’s own model is asked with the tenant’s own key, and progress is told as it goes', async () => {
  const broken = { ...proposal, steps: [{ ...step, id: 'ask', action: 'inform', options: [], next_step: 'nowhere' }] }
  model.reply({ json: broken }, { json: proposal })
  const told = await events('asker')
  expect(told.map(([event, data]) => [event, data['doing']])).toEqual([
    ['progress', 'reading'],
    ['progress', 'asking'],
    ['progress', 'checking'],
    ['progress', 'asking'],
    ['progress', 'checking'],
    ['draft', undefined],
  ])
  expect(told.at(-1)?.[1]).toMatchObject({ procedure: 'late_orders', model: 'anthropic', findings: [] })
  expect(model.requests[0]?.headers['authorization']).toBe('Bearer sk-secret-of-asker')
  expect(JSON.stringify(told)).not.toContain('sk-secret')
})

test('a model that fails is a problem in the stream and in the answer, and leaves no draft', async () => {
  const before = (await cp.call('GET', '/v1/tenants/asker/drafts')).body.items.length
  model.reply({ error: 529 }, { error: 529 })
  expect((await events('asker')).at(-1)).toMatchObject(['problem', { code: 'model_unavailable', status: 503 }])
  expect(await ingest('asker', sop)).toMatchObject({ status: 503, body: { code: 'model_unavailable' } })
  expect((await cp.call('GET', '/v1/tenants/asker/drafts')).body.items).toHaveLength(before)
})

test('of a tenant the newest drafts are kept; the oldest gives way to a new one, and other tenants lose nothing', async () => {
  const small = await startControlPlane({ draftsPerTenant: 2 })
  for (const slug of ['one', 'two']) await small.call('POST', '/v1/tenants', { slug, name: slug })
  const make = (tenant: string, text: string) =>
    small.call('POST', `/v1/tenants/${tenant}/procedures/ingest`, { text: `${text}\n\n1. Ask for the order ID.\n` })
  const kept = async (tenant: string): Promise<string[]> =>
    (await small.call('GET', `/v1/tenants/${tenant}/drafts`)).body.items.map(
      (one: { procedure: string }) => one.procedure,
    )
  await make('two', 'Theirs')
  const { id } = (await make('one', 'First')).body
  await make('one', 'Second')
  await make('one', 'Third')
  expect(await kept('one')).toEqual(['third', 'second'])
  expect(await kept('two')).toEqual(['theirs'])
  expect((await small.call('GET', `/v1/tenants/one/drafts/${id}`)).status).toBe(404)
  await small.close()
})

test('a draft says until when it is kept, and goes then', async () => {
  const { place, ...first } = await startControlPlane({ draftsKeptMs: 3_600_000 })
  await first.call('POST', '/v1/tenants', { slug: 'one', name: 'one' })
  const { createdAt, keptUntil } = (await first.call('POST', '/v1/tenants/one/procedures/ingest', { text: sop })).body
  expect(Date.parse(keptUntil) - Date.parse(createdAt)).toBe(3_600_000)
  expect((await first.call('GET', '/v1/tenants/one/drafts')).body.items).toMatchObject([{ keptUntil }])
  await first.stop()

  const later = await startControlPlane({ place, draftsKeptMs: 0 })
  await eventually(async () => (await later.call('GET', '/v1/tenants/one/drafts')).body.items.length === 0)
  await later.close()
})

test('a draft that was kept when a message was called `what` is read like any other', async () => {
  const { place, ...first } = await startControlPlane()
  await first.call('POST', '/v1/tenants', { slug: 'one', name: 'one' })
  const { id: tenantId } = (await first.call('GET', '/v1/tenants/one')).body
  await first.stop()
  const finding = { code: 'dead_end', severity: 'error', line: 6, column: 11, why: [] }
  const kept = { id: 'late', text: '', questions: [], findings: [{ ...finding, what: 'It goes round.' }] }
  const id = randomUUID()
  const database = await openDatabase({ url: place.url, folder: join(place.data, 'postgres') })
  await database.withSystem((tx) =>
    tx.procedureDraft.create({ data: { tenantId, id, sop, body: JSON.stringify(kept) } }),
  )
  await database.close()

  const later = await startControlPlane({ place })
  const { findings } = (await later.call('GET', `/v1/tenants/one/drafts/${id}`)).body
  expect(findings).toEqual([{ ...finding, message: 'It goes round.' }])
  await later.close()
})
