import type Database from 'better-sqlite3'
import { dated } from './dated.ts'
import type { Row } from './database.ts'

/** In the order in which the page shows them: what conversations change first. */
export const tables = [
  'refunds',
  'store_credits',
  'cases',
  'escalations',
  'case_notes',
  'visits',
  'leads',
  'password_resets',
  'sign_outs',
  'orders',
  'order_items',
  'customers',
  'fraud_alerts',
  'accounts',
  'account_flags',
  'reports',
  'transactions',
  'devices',
  'login_history',
  'risk_indicators',
  'knowledge_articles',
] as const

export const isTable = (name: string): name is (typeof tables)[number] => tables.some((table) => table === name)

/** Newest first. */
export const rowsOf = (database: Database.Database, table: (typeof tables)[number], now: number): Row[] =>
  database
    .prepare<unknown[], Row>(`SELECT * FROM ${table} ORDER BY rowid DESC`)
    .all()
    .map((row) => dated(row, now))

export const countOf = (database: Database.Database, table: (typeof tables)[number]): number =>
  database.prepare<unknown[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
