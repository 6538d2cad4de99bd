import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@copse/contracts'
import { Client, type PoolConfig } from 'pg'

export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Any number, but always the same: two control planes that boot together must not migrate together. */
const lockId = 72_707_369

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, each migration whole or not at all, and records it as the Prisma CLI would, so that the
 * CLI stays usable. An applied migration whose text changed is refused: the database is no longer what it says.
 */
export async function applyMigrations(connection: PoolConfig, migrations: readonly Migration[]): Promise<string[]> {
  const client = new Client(connection)
  await client.connect().catch((cause: unknown) => {
    const { code, message } = cause as Error & { code?: string }
    throw new Fault('database_unreachable', { detail: code ?? message, cause })
  })
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockId])
    await client.query(ledger)
    const applied = await client.query<{ migration_name: string; checksum: string }>(
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    const checksums = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]))
    const missing = migrations.filter(({ name, checksum }) => {
      const before = checksums.get(name)
      if (before !== undefined && before !== checksum) throw new Error(`migration ${name} was changed after it ran`)
      return before === undefined
    })
    for (const migration of missing) await applyOne(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

async function applyOne(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, migration_name, checksum, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.name, migration.checksum],
    )
    await client.query('COMMIT')
  } catch (cause) {
    throw new Error(`migration ${migration.name} failed`, { cause })
  }
}

const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`
