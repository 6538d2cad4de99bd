import type { Clock, JsonObject } from '@copse/contracts'
import type Database from 'better-sqlite3'
import { dated } from './dated.ts'
import { insert, type Row } from './database.ts'

/** One operation of the business: arguments in, answer out. It runs inside a transaction when it writes. */
export type Operation = (args: Arguments, business: Business) => JsonObject

/** What a request brought, by the types that its manifest declares. */
export interface Arguments {
  text(name: string): string
  optional(name: string): string | null
  number(name: string): number | undefined
}

/** The books and the clock, as the operations use them. */
export interface Business {
  readonly clock: Clock
  /** The Idempotency-Key of the call under way. */
  readonly key: string
  one(sql: string, ...values: (string | number)[]): Row | undefined
  all(sql: string, ...values: (string | number)[]): Row[]
  run(sql: string, ...values: (string | number | null)[]): void
  insert(table: string, row: Row): void
  /** REF-1001, REF-1002 … */
  nextId(table: string, prefix: string): string
}

export function createBusiness(database: Database.Database, clock: Clock, key: string): Business {
  return {
    clock,
    key,
    one: (sql, ...values) => {
      const row = prepared<Row>(database, sql).get(...values)
      return row && dated(row, clock.now())
    },
    all: (sql, ...values) =>
      prepared<Row>(database, sql)
        .all(...values)
        .map((row) => dated(row, clock.now())),
    run: (sql, ...values) => {
      prepared(database, sql).run(...values)
    },
    insert: (table, row) => insert(database, table, row),
    nextId: (table, prefix) => {
      const count = database.prepare<unknown[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
      return `${prefix}-${1001 + count}`
    },
  }
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>()

/** Preparing takes longer than most of what is asked here. */
function prepared<T>(database: Database.Database, sql: string): Database.Statement<unknown[], T> {
  const known = statements.get(database) ?? new Map<string, Database.Statement>()
  statements.set(database, known)
  const statement = known.get(sql) ?? database.prepare(sql)
  known.set(sql, statement)
  return statement as Database.Statement<unknown[], T>
}
