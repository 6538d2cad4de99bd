import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import { Client, type PoolConfig } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { migrationsFolder } from './database.ts'
import { openEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'
import { applyMigrations, readMigrations } from './migrations.ts'

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
const migrations = readMigrations(migrationsFolder)

let place: TestDatabase
let embedded: EmbeddedPostgres | undefined
let connection: PoolConfig

beforeAll(async () => {
  place = await createTestDatabase()
  if (place.url === undefined) embedded = await openEmbeddedPostgres(join(place.data, 'postgres'))
  connection = embedded?.connection ?? { connectionString: place.url }
  await applyMigrations(connection, migrations)
})
afterAll(async () => {
  await embedded?.close()
  await place.remove()
})

test('a second boot applies nothing', async () => {
  expect(await applyMigrations(connection, migrations)).toEqual([])
})

test('an applied migration whose text changed is refused', async () => {
  const edited = migrations.map((migration) => ({ ...migration, checksum: 'f'.repeat(64) }))
  await expect(applyMigrations(connection, edited)).rejects.toThrow(/was changed after it ran/)
})

test('a failing migration leaves nothing behind', async () => {
  const before = await structure('public')
  const sql = 'CREATE TABLE half_done (id int); SELECT 1 / 0;'
  const failing = [...migrations, { name: '99999999999999_failing', sql, checksum: '0' }]
  await expect(applyMigrations(connection, failing)).rejects.toThrow(/99999999999999_failing failed/)
  expect(await applyMigrations(connection, migrations)).toEqual([])
  expect(await structure('public')).toEqual(before)
})

test('the migrations make exactly the tables, keys and indexes that schema.prisma describes', async () => {
  await query('CREATE SCHEMA described')
  await query(`SET search_path TO described; ${await describedTables()}`)
  const described = await structure('described')
  expect(described.length).toBeGreaterThan(100)
  expect(await structure('public')).toEqual(described)
})

/** SQL that makes the tables of schema.prisma from nothing, in Prisma's own words. */
async function describedTables(): Promise<string> {
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(connection))
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  engine.free()
  return stdout ?? ''
}

/** Every column, key and index of a schema, one line each. What Prisma cannot describe (checks, policies) is left out. */
async function structure(schemaName: string): Promise<string[]> {
  const rows = await query(`
    SELECT concat_ws(' ', table_name, column_name, udt_name, datetime_precision, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = '${schemaName}'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = '${schemaName}'::regnamespace AND contype IN ('p', 'u', 'f')
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = '${schemaName}'`)
  const lines = rows.map(({ line }) => line.replaceAll(`${schemaName}.`, ''))
  return lines.filter((line) => !line.includes('_prisma_migrations')).toSorted()
}

async function query(sql: string): Promise<{ line: string }[]> {
  const client = new Client(connection)
  await client.connect()
  try {
    return (await client.query<{ line: string }>(sql)).rows
  } finally {
    await client.end()
  }
}
