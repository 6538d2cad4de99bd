import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { operations } from './operations.ts'
import { performers } from './operations/all.ts'
import { startDemoBusiness } from './start.ts'
import { openBusiness } from './testing/open.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-business-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the books', () => {
  it('outlive a restart, and the seed is not sown twice', async () => {
    const before = await openBusiness({ folder })
    await before.post('/orders/ORD-123/refund', { customer_id: 'CUST-456' }, 'k')
    await before.close()
    const after = await openBusiness({ folder })
    expect((await after.post('/orders/ORD-123/refund', { customer_id: 'CUST-456' }, 'k')).body['refund_id']).toBe(
      'REF-1001',
    )
    expect([(await after.rows('refunds')).length, (await after.rows('orders')).length]).toEqual([1, 6])
    await after.close()
  })

  it('can be looked at: the tables, the customers with their orders, a page', async () => {
    const shop = await openBusiness()
    const { tables } = (await shop.get('/api/tables')).body as { tables: { name: string; rows: number }[] }
    expect(tables).toContainEqual({ name: 'customers', rows: 5 })
    for (const { name, rows } of tables) expect(await shop.rows(name)).toHaveLength(rows)
    expect((await shop.get('/api/tables/answers')).status).toBe(404)
    const { customers } = (await shop.get('/api/customers')).body as { customers: object[] }
    expect(customers[0]).toMatchObject({
      customer_id: 'CUST-456',
      name: 'Jane Smith',
      orders: [{ order_id: 'ORD-123' }],
    })
    expect(await (await fetch(shop.url)).text()).toContain('<title>')
    expect((await shop.get('/healthz')).body).toEqual({ status: 'ok' })
    await shop.close()
  })

  it('listens on loopback only', async () => {
    const shop = await openBusiness()
    expect(new URL(shop.url).hostname).toBe('127.0.0.1')
    await shop.close()
  })
})

const start = (env: Record<string, string>) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: { ...process.env, DEMO_DATA: folder, ...env },
    encoding: 'utf8',
    timeout: 10_000,
  })

describe('starting', () => {
  it('says in one line that the port is taken, or that a setting is wrong', async () => {
    const shop = await startDemoBusiness({ port: 0, folder: ':memory:' })
    const taken = start({ DEMO_PORT: new URL(shop.url).port })
    await shop.close()
    expect([taken.status, taken.stderr]).toEqual([
      1,
      'The port is in use. Stop the other process or choose another port.\n',
    ])
    const wrong = start({ DEMO_PORT: 'soon' })
    expect([wrong.status, wrong.stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(wrong.stderr).toContain('DEMO_PORT')
  })
})

describe('what it offers', () => {
  it('is performed, each and nothing else', () => {
    expect(Object.keys(performers).sort()).toEqual(operations.map(({ name }) => name).sort())
  })

  it('has its words in English and in Spanish alike', () => {
    for (const { name, summary } of operations) {
      if (Object.keys(summary).length > 0) expect([name, Object.keys(summary).sort()]).toEqual([name, ['en', 'es']])
      expect([name, Object.keys(summary['es'] ?? {})]).toEqual([name, Object.keys(summary['en'] ?? {})])
    }
  })

  it('asks before it moves money, freezes, reports, signs out or cancels, and repeats money on the order alone', () => {
    const asking = operations.filter(({ confirm }) => confirm).map(({ name }) => name)
    expect(asking).toEqual([
      'issue_refund',
      'issue_store_credit',
      'flag_account',
      'submit_sar',
      'sign_out_everywhere',
      'cancel_visit',
    ])
    expect(operations.find(({ name }) => name === 'issue_refund')?.naturalKey).toEqual(['order_id'])
  })
})

const procedures = new URL('../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

interface Tool {
  name: string
  arg_mappings?: { param: string }[]
  fixed_args?: Record<string, unknown>
}

describe.skipIf(!existsSync(procedures))('the procedures that were written for it', () => {
  it('name only operations, parameters and values that it knows', () => {
    const files = readdirSync(procedures).filter((file) => file.endsWith('.yaml'))
    const tools = files.flatMap((file) => {
      const { procedure } = parse(readFileSync(new URL(file, procedures), 'utf8')) as {
        procedure: { steps: { tools?: Tool[] }[] }
      }
      return procedure.steps.flatMap((step) => step.tools ?? [])
    })
    expect(tools.length).toBeGreaterThan(15)
    for (const { name, arg_mappings = [], fixed_args = {} } of tools) {
      const operation = operations.find((each) => each.name === name)
      const given = [...arg_mappings.map(({ param }) => param), ...Object.keys(fixed_args)]
      const unknown = given.filter((param) => !operation?.params[param])
      const required = Object.entries(operation?.params ?? {}).flatMap(([param, { required }]) =>
        required ? [param] : [],
      )
      const missing = required.filter((param) => !given.includes(param) && param !== operation?.customer)
      const refused = Object.entries(fixed_args).filter(
        ([param, value]) => operation?.params[param]?.enum?.includes(String(value)) === false,
      )
      expect({ name, unknown, missing, refused }).toEqual({ name, unknown: [], missing: [], refused: [] })
    }
  })
})
