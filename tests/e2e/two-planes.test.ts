import { once } from 'node:events'
import { globSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import type { JsonObject, TracedTurn } from '@copse/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../apps/control-plane/src/testing/eventually.ts'
import { isAlive, openPlanes, type Planes, type Tenant } from './process/planes.ts'
import { tenantAt } from './process/tenant-client.ts'

/** Travels from the admin API through the sealed stores to the outside system, and must be read nowhere on its way. */
const canary = 'canary-7f3a9d51c2e84b06'

const points = (version: number): string => `copse: 1
procedure:
  id: points
  name: Points
  version: '${version}'
  triggers: [my points]
  steps:
    - id: ask
      action: collect_info
      say: Which card?
      extract_fields: [{key: card, pattern: 'CARD-[0-9]+', description: The card}]
      required_fields: [card]
      next_step: look
    - id: look
      action: tool_call
      say: You have {{balance}} points (version ${version}).
      tools: [{name: loyalty_points, arg_mappings: [{param: card, source: card}]}]
      on_success: end
      on_failure: end
`

const loyaltyOperation = {
  name: 'loyalty_points',
  effect: 'read',
  params: { card: { type: 'string', required: true } },
  writes: [{ field: 'balance', from: 'points' }],
  wire: { method: 'GET', path: '/cards/{card}' },
}

let planes: Planes
let loyalty: Server
let techmart: Tenant
let harbor: Tenant

beforeAll(async () => {
  planes = await openPlanes()
  loyalty = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${canary}`
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(known ? { points: 730 } : { reason: 'Who are you?' }))
  }).listen(0, '127.0.0.1')
  await once(loyalty, 'listening')
  techmart = await planes.deploy('techmart', { dev: true, more: offerPoints })
  harbor = await planes.deploy('harbor', { dev: false })
})
afterAll(async () => {
  loyalty.close()
  await planes.close()
})

/** The cases are one story and run in order: what one leaves behind, the next finds. */
describe('a control plane and the tenants that it runs', () => {
  it('carry a customer from the first word to exactly one refund, and tell how it was decided', async () => {
    const opening = await techmart.chat('CUST-456', 'I want a refund for my order from TechMart')
    expect(opening.body).toMatchObject({ status: 'waiting', response: expect.stringContaining('ORD-123') })
    const end = await techmart.chat('CUST-456', 'yes')
    expect(end.body).toMatchObject({ session_id: opening.body.session_id, status: 'completed' })
    expect(planes.business.database.prepare('SELECT order_id, customer_id FROM refunds').all()).toEqual([
      { order_id: 'ORD-123', customer_id: 'CUST-456' },
    ])

    const trace = events(await techmart.get(`/api/bt/trace/${opening.body.session_id}`))
    expect(trace.filter(({ kind }) => kind === 'enter').map(({ node }) => node)).toEqual([
      'refund',
      'refund/ask_order',
      'refund/find_order',
      'refund/find_order/tools',
      'refund/find_order/tools/call:search_orders',
      'refund/find_order/pause',
      'refund/check_order',
      'refund/pay_back',
      'refund/pay_back/call:issue_refund',
      'refund/close_case',
      'refund/close_case/call:update_case_status',
    ])
    expect(trace.find(({ kind, node }) => kind === 'decision' && node === 'refund/check_order')).toMatchObject({
      chosen: 'Delivered within the last 30 days',
      why: [
        {
          text: 'order_status == delivered AND days_since_delivery <= 30',
          value: true,
          of: [
            { field: 'order_status', actual: 'delivered', value: true },
            { field: 'days_since_delivery', actual: 5, value: true },
          ],
        },
      ],
    })
  })

  it('give a running session the version it began with and a new one what was published meanwhile', async () => {
    const before = (await techmart.get('/healthz')).body
    const first = await open('ann')

    await planes.ask('PUT', '/v1/tenants/techmart/procedures/points', points(2))
    await planes.ask('POST', '/v1/tenants/techmart/releases', {})
    let others = 0
    const fresh = await eventually(async () => {
      const answer = await ask(`ben-${(others += 1)}`)
      return answer.includes('version 2') && answer
    })
    expect(fresh).toBe('You have 730 points (version 2).')
    const rest = await techmart.chat('ann', 'CARD-1')
    expect(rest.body).toMatchObject({
      session_id: first,
      status: 'completed',
      response: 'You have 730 points (version 1).',
    })
    expect((await techmart.get('/healthz')).body).toEqual({ ...before, release: before.release + 1 })
  })

  it('go back to what was published before, and on again', async () => {
    const runs = async () => ((await techmart.get('/healthz')).body as { release: number }).release
    const latest = await runs()
    const goBack = (number: number) => planes.ask('PUT', '/v1/tenants/techmart/releases/active', { number })
    await goBack(latest - 1)
    await eventually(async () => (await runs()) === latest - 1)
    expect(await ask('cleo')).toBe('You have 730 points (version 1).')
    await goBack(latest)
    await eventually(async () => (await runs()) === latest)
  })

  it('refuse a broken procedure with every fault, its place and a fix, and go on with the published one', async () => {
    const broken = `${points(3)
      .replace('next_step: look', 'next_step: nowhere')
      .replace('name: loyalty_points', 'name: loyalty_pints')}
    - {id: look, action: end}
    - {id: party, action: dance}
    - id: choose
      action: evaluate
      conditions: [{condition: balance >, next_step: end}]
      else: end
`
    const { status, body } = await planes.call('PUT', '/v1/tenants/techmart/procedures/points', broken)
    expect(status).toBe(422)
    const place = { line: expect.any(Number), column: expect.any(Number), fix: expect.any(String) }
    expect(body.diagnostics).toEqual(
      expect.arrayContaining(
        ['unknown_target', 'unknown_operation', 'duplicate_id', 'unknown_action', 'condition_invalid'].map((code) =>
          expect.objectContaining({ code, ...place }),
        ),
      ),
    )
    expect(body.diagnostics).toContainEqual(expect.objectContaining({ code: 'unknown_target', line: 13, column: 18 }))
    expect(await planes.call('PUT', '/v1/tenants/techmart/procedures/points', 'copse: [')).toMatchObject({
      status: 422,
    })
    expect(await planes.ask('POST', '/v1/tenants/techmart/releases', {})).toMatchObject({ created: false })
    expect(await ask('cat')).toBe('You have 730 points (version 2).')
  })

  it('keep two tenants with the same customer apart', async () => {
    const theirs = await techmart.get('/api/sessions?user_id=CUST-456')
    const ours = await harbor.chat('CUST-456', 'I want a refund for my order from TechMart')
    expect(ours.body).toMatchObject({ status: 'waiting' })
    expect((await harbor.get('/api/sessions')).body.sessions).toMatchObject([{ id: ours.body.session_id }])
    expect((await harbor.get('/api/effects')).body).toEqual({ effects: [] })
    for (const { id } of theirs.body.sessions) {
      expect(await harbor.get(`/api/sessions/${id}/messages`)).toMatchObject({ status: 404 })
      expect(await harbor.get(`/api/bt/trace/${id}`)).toMatchObject({ status: 404 })
      expect(await harbor.chat('CUST-456', 'yes', { session_id: id })).toMatchObject({ status: 404 })
    }
    expect(await techmart.get('/api/sessions?user_id=CUST-456')).toEqual(theirs)

    const [one, other] = [planes.bootstrap('techmart').token, planes.bootstrap('harbor').token]
    for (const [token, slug] of [
      [one, 'techmart'],
      [other, 'harbor'],
    ] as const) {
      const bundle = await tenantAt(planes.url(), token).get('/boot/bundle')
      expect(bundle.body.release.tenant.slug).toBe(slug)
      expect(JSON.stringify(bundle.body).includes(canary)).toBe(slug === 'techmart')
    }
    expect(await tenantAt(planes.url(), other).get('/v1/tenants/techmart')).toMatchObject({ status: 401 })
    expect(await tenantAt(harbor.url, one).get('/api/sessions')).toMatchObject({ status: 401 })
  })

  it('go on without the control plane, also through a restart; it finds them again and leaves a stranger alone', async () => {
    const session = await open('dan')
    const [mine, adopted] = [await pidOf('techmart'), await pidOf('harbor')]
    await planes.killControlPlane()
    expect(await ask('eve')).toContain('730')

    process.kill(mine, 'SIGKILL')
    await eventually(async () => !(await isAlive(mine)))
    const stranger = await planes.startByHand('techmart', techmart.port, 'development')
    expect((await techmart.chat('dan', 'CARD-1')).body).toMatchObject({ session_id: session, status: 'completed' })
    expect((await harbor.chat('CUST-456', 'no')).body).toMatchObject({ status: 'waiting' })

    await planes.restartControlPlane()
    expect(await pidOf('harbor')).toBe(adopted)
    await planes.ask('POST', '/v1/tenants/harbor/deployment', { desired: 'stopped' })
    await eventually(async () => (await planes.instance('harbor')).state === 'stopped')
    expect(await isAlive(adopted)).toBe(false)

    // Somebody else's process: the host says why it cannot start its own, and does so once it can.
    await eventually(async () => (await planes.instance('techmart')).detail?.startsWith('copse: data_locked: '))
    expect(await ask('fay')).toContain('730')
    stranger.kill('SIGTERM')
    await once(stranger, 'exit')
    await planes.ask('POST', '/v1/tenants/techmart/deployment', { desired: 'running' })
    await eventually(async () => (await planes.instance('techmart')).state === 'running')
    expect(await ask('gus')).toContain('730')
  }, 120_000)

  it('show the value of a credential nowhere', async () => {
    await planes.ask('PUT', '/v1/tenants/techmart/credentials/loyalty_key', { value: `${canary}-replaced` })
    const read = ['', '/credentials', '/connectors', '/releases', '/releases/active', '/procedures', '/deployment']
    for (const path of read) await planes.ask('GET', `/v1/tenants/techmart${path}`)
    expect(await planes.call('PUT', '/v1/tenants/techmart/credentials/Wrong Name', { value: canary })).toMatchObject({
      status: 400,
    })
    const { sessions } = (await techmart.get('/api/sessions')).body
    const seen = [...planes.heard]
    for (const { id } of sessions) {
      for (const path of [`/api/bt/trace/${id}`, `/api/bt/trace/${id}/summary`, `/internal/tree/${id}`]) {
        seen.push(JSON.stringify((await techmart.get(path)).body))
      }
    }
    expect(seen.join('\n')).toContain('loyalty_points')
    expect(seen.filter((text) => text.includes(canary))).toEqual([])

    const files = globSync(join(planes.dataFolder, '**/*')).filter((file) => statSync(file).isFile())
    expect(files.map((file) => basename(file))).toEqual(
      expect.arrayContaining(['bundle.sealed', 'instance.log', 'bootstrap.json']),
    )
    expect(files.filter((file) => readFileSync(file).includes(canary))).toEqual([])
  })
})

const events = ({ body }: { body: { turns: TracedTurn[] } }): JsonObject[] => body.turns.flatMap(({ trace }) => trace)

async function offerPoints(base: string): Promise<void> {
  const config = { baseUrl: `http://127.0.0.1:${(loyalty.address() as AddressInfo).port}` }
  await planes.ask('PUT', `${base}/credentials/loyalty_key`, { value: canary })
  const connector = { type: 'http', config, credential: 'loyalty_key', operations: [loyaltyOperation] }
  await planes.ask('PUT', `${base}/connectors/loyalty`, connector)
  await planes.ask('PUT', `${base}/procedures/points`, points(1))
}

const pidOf = async (slug: string): Promise<number> => Number.parseInt((await planes.instance(slug)).process ?? '', 10)

/** A session of `points` that waits for the card. */
async function open(user: string): Promise<string> {
  const { body } = await techmart.chat(user, 'How many are my points?')
  expect(body).toMatchObject({ status: 'waiting', response: 'Which card?' })
  return body.session_id
}

async function ask(user: string): Promise<string> {
  await open(user)
  return (await techmart.chat(user, 'CARD-1')).body.response
}
