import { readFileSync } from 'node:fs'
import type { Clock } from '@copse/contracts'
import type Database from 'better-sqlite3'
import type { FastifyInstance } from 'fastify'
import { createBusiness } from '../business.ts'
import { ordersOf } from '../operations/order.ts'
import { countOf, isTable, rowsOf, tables } from '../tables.ts'

/** The books to look at: as data, and as a page. */
export function installBooks(app: FastifyInstance, database: Database.Database, clock: Clock): void {
  const page = readFileSync(new URL('../page/index.html', import.meta.url), 'utf8')
  app.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page))

  app.get('/healthz', () => ({ status: 'ok' }))

  app.get('/api/tables', () => ({ tables: tables.map((name) => ({ name, rows: countOf(database, name) })) }))

  app.get<{ Params: { table: string } }>('/api/tables/:table', (request, reply) => {
    const { table } = request.params
    if (!isTable(table)) return reply.code(404).send({ code: 'not_found', reason: `There is no table ${table}.` })
    return { table, rows: rowsOf(database, table, clock.now()) }
  })

  app.get('/api/customers', () => {
    const business = createBusiness(database, clock, '')
    const customers = rowsOf(database, 'customers', clock.now()).toReversed()
    return {
      customers: customers.map((customer) => ({
        ...customer,
        orders: ordersOf(business, String(customer['customer_id'])),
      })),
    }
  })
}
