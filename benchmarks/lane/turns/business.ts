import { readFileSync } from 'node:fs'
import { digest, operationManifest, type Connector, type Json, type JsonObject, type Release } from '@copse/contracts'
import { compileProcedure } from '@copse/procedures'
import { parse } from 'yaml'

const root = new URL('../../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

const operations = (parse(read('examples/demo-business/operations.yaml')) as unknown[]).map((operation) =>
  operationManifest.parse(operation),
)

/** The shipped refund, as a release freezes it. */
export function refundRelease(): Release {
  const source = read('procedures/refund.procedure.yaml')
  const compiled = compileProcedure(source, {
    operations: Object.fromEntries(operations.map((operation) => [operation.name, operation])),
  })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const { dialect: _, tree, ...procedure } = compiled.procedure
  const content = {
    number: 1,
    tenant: {
      id: 'bench',
      slug: 'bench',
      name: 'Bench',
      profile: { timeZone: 'Europe/Madrid', languages: ['en', 'es'], openingHours: {}, holidays: [], variables: {} },
    },
    procedures: [{ ...procedure, number: 1, source, tree: tree as unknown as Json }],
    connectors: [],
    channels: [],
    model: { provider: 'offline' as const },
    identity: 'find_customer',
  }
  return { digest: digest(content), ...content }
}

const order = (id: Json | undefined): JsonObject => ({
  order_id: id ?? null,
  status: 'delivered',
  days_since_delivery: 10,
  merchant_name: 'TechMart',
  items: [{ sku: 'HP-100', name: 'Wireless headphones', quantity: 1, price: 79.99 }],
  items_text: 'Wireless headphones',
  total: 79.99,
  total_text: '$79.99',
  currency: 'USD',
  shipping_address: '12 Harbour Street, Springfield',
  ordered_on: '2026-01-02',
  status_text: { en: 'delivered 10 days ago', es: 'entregado hace 10 días' },
})

/** The demo business, answered in memory at once: every order was delivered ten days ago. */
export function businessInMemory(): { connector: Connector; refunds(): number } {
  const refunded = new Set<string>()
  const answers: Record<string, (args: JsonObject) => JsonObject> = {
    find_customer: ({ alias }) => ({ customer_id: alias ?? null, name: 'Jane Smith' }),
    lookup_order: ({ order_id }) => order(order_id),
    issue_refund: ({ order_id }) => {
      const id = typeof order_id === 'string' ? order_id : ''
      refunded.add(id)
      return { refund_id: `REF-${id}`, amount_text: '$79.99', order_id: id }
    },
    update_case_status: ({ case_id }) => ({ case_id: case_id ?? null, message: { en: '', es: '' } }),
  }
  return {
    refunds: () => refunded.size,
    connector: {
      name: 'business',
      operations,
      async call({ operation, args }) {
        const answer = answers[operation.name]
        if (!answer) return { status: 'unavailable', code: 'not_here', reason: `${operation.name} has no answer here.` }
        return { status: 'ok', data: answer(args) }
      },
      close: async () => {},
    },
  }
}
