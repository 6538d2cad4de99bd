import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { bundleTenant, startTenant, type TenantProcess } from './process/tenant-process.ts'

/**
 * The promise that matters most: a process killed at any moment of a refund makes exactly one refund, of the order that
 * it was about to refund, and the customer is neither lost nor asked again. The model answers differently after every
 * restart. Every round kills twice: while the process waits for the customer, and at the point.
 */
const rounds = Number(process.env['COPSE_CRASH_ROUNDS'] ?? 5)
const points = [
  'accepted',
  'turn-started',
  'intent-committed',
  'effect-returned',
  'outcome-committed',
  'before-commit',
  'committed',
]
/** From here on what the model said is durable. */
const fixed = new Set(['intent-committed', 'effect-returned', 'outcome-committed', 'before-commit', 'committed'])
const operations = new URL('../../examples/demo-business/operations.yaml', import.meta.url).pathname

/** The order number comes from the model alone, and the refund follows in the same turn. */
const modelRefund = `copse: 1
procedure:
  id: model_refund
  name: Refund by description
  version: '1'
  triggers: [money back]
  steps:
    - id: collect
      action: collect_info
      extract_fields:
        - {key: order_id, description: The order that the customer describes, pattern: 'ORD-[0-9]+'}
      required_fields: [order_id]
      say: Which order is it?
      next_step: refund
    - id: refund
      action: tool_call
      tools:
        - name: issue_refund
          arg_mappings: [{param: order_id, source: order_id}]
      say: Refunded.
      on_success: end
      on_failure: sorry
    - id: sorry
      action: end
      say: That was not possible.
`

let home: string
/** As it is shipped, where the native driver is found from. */
const bundle = new URL('../../apps/data-plane/node_modules/.crashing-bundle', import.meta.url).pathname
let program: string
const businesses: DemoBusiness[] = []

beforeAll(async () => {
  program = await bundleTenant(bundle)
  home = await mkdtemp(join(tmpdir(), 'copse-crash-'))
  await writeFile(join(home, 'model-refund.procedure.yaml'), modelRefund)
})
afterAll(async () => {
  await Promise.all(businesses.map((business) => business.close()))
  for (const folder of [home, bundle]) await rm(folder, { recursive: true, force: true })
})

/** One tenant on one folder, through any number of processes. */
async function openTenant(name: string) {
  const business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  businesses.push(business)
  return {
    business,
    /** Starts a process whose model will say this order, should it be asked. */
    async start(order?: string, crashAt?: string): Promise<TenantProcess> {
      const configPath = join(home, `${name}.yaml`)
      const replies = order === undefined ? [] : [{ json: { order_id: order } }]
      const connectors = [{ name: 'business', type: 'http', config: { baseUrl: business.url }, operations }]
      const config = {
        tenant: { slug: 'crash', name: 'Crash' },
        procedures: ['model-refund.procedure.yaml'],
        connectors,
        identity: 'find_customer',
        model: { provider: 'scripted', replies },
      }
      await writeFile(configPath, stringify(config))
      const folder = join(home, `${name}-data`)
      const cache = join(home, 'compile-cache')
      return startTenant({ configPath, folder, cache, program, ...(crashAt === undefined ? {} : { crashAt }) })
    },
  }
}

/** A customer of their own for every round: with two orders, so that a wrong one could be refunded. */
function customerWithTwoOrders(
  { database }: DemoBusiness,
  round: number,
): { customer: string; orders: [string, string] } {
  const customer = `CUST-${9_000 + round}`
  const orders: [string, string] = [`ORD-${90_000 + round}`, `ORD-${80_000 + round}`]
  database
    .prepare("INSERT INTO customers VALUES (?, 'Ann Crash', ?, ?, 'active', 'gold', 2, '2024-01-01')")
    .run(customer, `${customer}@example.com`, `+34${round}`)
  const insert = database.prepare(
    "INSERT INTO orders VALUES (?, ?, 'Shop', 50, 'USD', 'delivered', 9, 5, 'card', 'Main St 1')",
  )
  for (const order of orders) insert.run(order, customer)
  return { customer, orders }
}

interface Refund {
  order_id: string
  idempotency_key: string
}

/** Exactly one refund of these orders, and one effect in the ledger that knows it by the same key. */
async function theOneRefund(
  { database }: DemoBusiness,
  tenant: TenantProcess,
  session: string | null,
  orders: [string, string],
): Promise<Refund> {
  const refunds = database.prepare<unknown[], Refund>('SELECT * FROM refunds WHERE order_id IN (?, ?)').all(...orders)
  expect(refunds).toHaveLength(1)
  const { effects } = await tenant.get<{ effects: object[] }>(`/api/effects?session_id=${session}`)
  expect(effects).toMatchObject([{ name: 'issue_refund', key: refunds[0]?.idempotency_key, state: 'done' }])
  return refunds[0] as Refund
}

/** What both sides said, as the conversation shows it. */
const conversation = async (tenant: TenantProcess, session: string | null): Promise<string[]> => {
  const { messages } = await tenant.get<{ messages: { author: string; text: string }[] }>(
    `/api/sessions/${session}/messages`,
  )
  return messages.map(({ author, text }) => `${author}: ${text}`)
}

describe.concurrent('a process killed during a refund', () => {
  it.for([...points, 'in the middle of the call'])(
    'at «%s» goes on after the restart with exactly one refund',
    { timeout: (rounds + 1) * 30_000 },
    async (point, { expect }) => {
      const inCall = point === 'in the middle of the call'
      const opened = await openTenant(point.replaceAll(' ', '-'))
      const { business } = opened
      let tenant = await opened.start()
      for (let round = 1; round <= rounds; round += 1) {
        const { customer, orders } = customerWithTwoOrders(business, round)
        const opening = await tenant.chat({ user_id: customer, payload: 'model_refund', message_id: `open-${round}` })
        expect(opening).toMatchObject({ status: 'waiting', response: 'Which order is it?' })
        await tenant.kill() // while waiting for the answer

        const reply = { user_id: customer, message: 'the blue one from last week', message_id: `reply-${round}` }
        if (inCall) business.faults.set({ delayMs: 100, fail: 'none', operation: 'issue_refund', times: 1 })
        const doomed = await opened.start(orders[0], inCall ? undefined : point)
        const unanswered = doomed.chat(reply).catch(() => 'cut off')
        if (inCall) {
          while (business.faults.read().delayMs > 0) await new Promise((resolve) => setTimeout(resolve, 5))
          await doomed.kill() // the business has the call and has not answered
        }
        expect(await doomed.ended).toBe('SIGKILL')
        await unanswered

        tenant = await opened.start(orders[1])
        const answer = await tenant.chat(reply)
        expect(answer).toMatchObject({ session_id: opening.session_id, status: 'completed', response: 'Refunded.' })
        const refund = await theOneRefund(business, tenant, opening.session_id, orders)
        if (inCall || fixed.has(point)) expect(refund.order_id).toBe(orders[0])
        expect(await conversation(tenant, opening.session_id)).toEqual([
          'customer: ',
          'business: Which order is it?',
          'customer: the blue one from last week',
          'business: Refunded.',
        ])
      }
      await tenant.kill()
    },
  )
})
