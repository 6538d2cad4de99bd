import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'yaml'

export type Row = Record<string, string | number | null>

/** Opens the books of the business and fills them once, with the seed. */
export function openDatabase(folder: string): Database.Database {
  if (folder !== ':memory:') mkdirSync(folder, { recursive: true })
  const database = new Database(folder === ':memory:' ? folder : join(folder, 'business.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  if (database.pragma('user_version', { simple: true }) === 0) {
    database.transaction(() => {
      database.exec(beside('../schema.sql'))
      for (const [table, rows] of Object.entries(parse(beside('../seed.yaml')) as Record<string, Row[]>)) {
        for (const row of rows) insert(database, table, row)
      }
      database.pragma('user_version = 1')
    })()
  }
  return database
}

/** Table and columns come from our own code and seed, never from a request. */
export function insert(database: Database.Database, table: string, row: Row): void {
  const columns = Object.keys(row)
  const values = columns.map((column) => `:${column}`)
  database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row)
}

const beside = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
