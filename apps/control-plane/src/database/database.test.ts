import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { Database, isDuplicate, openDatabase, type Tx } from './database.ts'

let place: TestDatabase
let database: Database
const [a, b] = [randomUUID(), randomUUID()]

const newTenant = (id: string): Promise<unknown> =>
  database.withSystem((tx) =>
    tx.tenant.create({ data: { id, slug: `t-${id.slice(0, 8)}`, name: 'T', profile: {}, model: {} } }),
  )
const newChannel = (tx: Tx, tenantId: string, name: string): Promise<unknown> =>
  tx.channel.create({ data: { tenantId, name, binding: {} } })

beforeAll(async () => {
  place = await createTestDatabase()
  database = await openDatabase({ url: place.url, folder: join(place.data, 'postgres') })
  await newTenant(a)
  await newTenant(b)
  await database.withTenant(a, (tx) => newChannel(tx, a, 'web'))
})
afterAll(async () => {
  await database.close()
  await place.remove()
})

describe('row level security', () => {
  test('shows a tenant its own rows and no others, though nothing filters by tenant', async () => {
    expect(await database.withTenant(a, (tx) => tx.channel.findMany())).toHaveLength(1)
    expect(await database.withTenant(b, (tx) => tx.channel.findMany())).toHaveLength(0)
    expect(await database.withTenant(a, (tx) => tx.tenant.findMany())).toMatchObject([{ id: a }])
  })

  test('shows nothing while no tenant is set', async () => {
    const rows = await database.withSystem(async (tx) => {
      await tx.$queryRaw`SELECT set_config('role', 'copse_app', true)`
      return tx.channel.findMany()
    })
    expect(rows).toHaveLength(0)
  })

  test('refuses to write into another tenant', async () => {
    await expect(database.withTenant(b, (tx) => newChannel(tx, a, 'forged'))).rejects.toThrow(/row-level security/)
    const changed = database.withTenant(b, (tx) => tx.channel.updateMany({ data: { binding: { stolen: true } } }))
    expect(await changed).toEqual({ count: 0 })
  })

  test('is forced on every table that has a tenant', async () => {
    const unprotected = await database.withSystem(
      (tx) => tx.$queryRaw`
        SELECT c.relname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
        WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    )
    expect(unprotected).toEqual([])
  })

  test('ends with its transaction: the next user of the connection is nobody', async () => {
    await database.withTenant(a, (tx) => tx.channel.findMany())
    const [row] = await database.withSystem(
      (tx) => tx.$queryRaw<{ role: string; tenant: string | null }[]>`
        SELECT current_user AS role, nullif(current_setting('app.tenant_id', true), '') AS tenant`,
    )
    expect(row?.role).not.toBe('copse_app')
    expect(row?.tenant).toBeNull()
  })

  test('gives every one of many concurrent callers the right rows', async () => {
    const seen = await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const id = i % 2 === 0 ? a : b
        return database.withTenant(id, async (tx) => ({ id, rows: await tx.tenant.findMany() }))
      }),
    )
    expect(seen.filter(({ id, rows }) => rows.length !== 1 || rows[0]?.id !== id)).toEqual([])
  })
})

// Only real Postgres has other logins than the superuser.
describe.skipIf(!process.env.DATABASE_URL)('a login that is no superuser', () => {
  test('works as platform code and is bound to one tenant like any other', async () => {
    const own = await createTestDatabase({ plainOwner: true })
    const plain = await openDatabase({ url: own.url, folder: own.data })
    for (const id of [a, b]) {
      await plain.withSystem((tx) =>
        tx.tenant.create({ data: { id, slug: `t-${id.slice(0, 8)}`, name: 'T', profile: {}, model: {} } }),
      )
    }
    expect(await plain.withSystem((tx) => tx.tenant.count())).toBe(2)
    expect(await plain.withTenant(a, (tx) => tx.tenant.count())).toBe(1)
    await expect(plain.withTenant(b, (tx) => newChannel(tx, a, 'forged'))).rejects.toThrow(/row-level security/)
    await plain.close()
    await own.remove()
  })
})

test('a row cannot point into another tenant, even when platform code is wrong', async () => {
  await database.withTenant(a, (tx) => tx.credential.create({ data: { tenantId: a, name: 'shop', latest: 1 } }))
  const stray = { tenantId: b, name: 'shop', number: 1, sealed: 'x' }
  await expect(database.withSystem((tx) => tx.credentialVersion.create({ data: stray }))).rejects.toMatchObject({
    code: 'P2003',
  })
})

test('versions cannot be changed or removed, not even by platform code', async () => {
  const key = { tenantId: a, number: 1 }
  await database.withTenant(a, (tx) => tx.knowledgeVersion.create({ data: { ...key, text: 'one' } }))
  const where = { tenantId_number: key }
  await expect(
    database.withSystem((tx) => tx.knowledgeVersion.update({ where, data: { text: 'two' } })),
  ).rejects.toThrow(/immutable/)
  await expect(database.withSystem((tx) => tx.knowledgeVersion.delete({ where }))).rejects.toThrow(/immutable/)
})

test('a failure inside rolls everything back', async () => {
  const failing = database.withTenant(a, async (tx) => {
    await newChannel(tx, a, 'half')
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await database.withTenant(a, (tx) => tx.channel.count({ where: { name: 'half' } }))).toBe(0)
})

test('a duplicate is told from other failures', async () => {
  const again = await database.withTenant(a, (tx) => newChannel(tx, a, 'web')).catch((error: unknown) => error)
  expect(isDuplicate(again)).toBe(true)
  expect(isDuplicate(new Error('other'))).toBe(false)
})

test('a database that does not answer is a fault that says so', async () => {
  const nobody = new Database({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' })
  await expect(nobody.withSystem((tx) => tx.tenant.findMany())).rejects.toMatchObject({ code: 'database_unreachable' })
  await nobody.close()
})

/** To those who were connected. */
const restart = (): Promise<unknown> =>
  database.withSystem(
    (tx) => tx.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )

describe.skipIf(!process.env.DATABASE_URL)('a server that is restarted', () => {
  test('is a fault to what it interrupts, and nothing to what comes after', async () => {
    const own = await openDatabase({ url: place.url, folder: place.data })
    const interrupted = own.withSystem(async (tx) => {
      await restart()
      return tx.tenant.findMany()
    })
    await expect(interrupted).rejects.toMatchObject({ code: 'database_unreachable', retryable: true })
    expect(await own.withSystem((tx) => tx.tenant.count())).toBeGreaterThan(0)
    await own.close()
  })
})
