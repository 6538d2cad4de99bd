import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@copse/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { startControlPlane, type TestControlPlane } from './testing/control-plane.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'
import { lookUp } from './testing/procedure.ts'

let place: TestDatabase
beforeAll(async () => {
  place = await createTestDatabase()
})
afterAll(() => place.remove())

const kek = (letter: string): string => `kek-1:${Buffer.alloc(32, letter).toString('base64')}`

describe('a control plane that cannot start', () => {
  test('says that its port is taken, and lets go of its data', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(startControlPlane({ place, port })).rejects.toMatchObject({
      code: 'port_taken',
      detail: `127.0.0.1:${port}`,
    })
    await new Promise((resolve) => other.close(resolve))
    const next = await startControlPlane({ place, port })
    await next.stop()
  })

  test('says that its data folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'copse-')), 'file')
    writeFileSync(file, '')
    const data = join(file, 'data')
    await expect(startControlPlane({ place: { ...place, data } })).rejects.toMatchObject({
      code: 'data_unwritable',
      detail: data,
    })
    rmSync(join(file, '..'), { recursive: true })
  })

  test('says that its database does not answer, and not with which password it asked', async () => {
    const databaseUrl = 'postgres://someone:canary-pw@127.0.0.1:1/nothing'
    const refused = await startControlPlane({ place, databaseUrl }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'database_unreachable' })
    expect((refused as Error).message).not.toContain('canary-pw')
  })

  test('says that its key is not the one that its secrets are sealed with, and lets go of its data', async () => {
    const own = await createTestDatabase()
    const first = await startControlPlane({ place: own, kek: kek('a') })
    await first.call('POST', '/v1/tenants', { slug: 'techmart', name: 'TechMart' })
    await first.stop()
    await expect(startControlPlane({ place: own, kek: kek('b') })).rejects.toMatchObject({ code: 'secret_unreadable' })
    const again = await startControlPlane({ place: own, kek: kek('a') })
    await again.close()
  })

  test('says which setting is wrong', () => {
    expect(() => readConfig({ PORT: 'many' })).toThrow(/PORT/)
    expect(() => readConfig({ COPSE_ADMIN_KEY: 'short' })).toThrow(/COPSE_ADMIN_KEY.*32/)
    expect(() => readConfig({ COPSE_KEK: 'kek-1:c2hvcnQ=' })).toThrow(/COPSE_KEK/)
    expect(() => readConfig({ COPSE_KEK: 'kek-1:c2hvcnQ=' })).not.toThrow(/c2hvcnQ/)
    expect(() => readConfig({ COPSE_INSTANCE_FROM: 'air' })).toThrow(/COPSE_INSTANCE_FROM/)
    expect(readConfig({ PORT: '', COPSE_DATA: '/data', COPSE_INSTANCE_FROM: 'sources' })).toMatchObject({
      port: 8001,
      data: '/data',
      instanceMain: expect.stringMatching(/data-plane\/src\/main\.ts$/) as string,
    })
  })
})

test('no log line holds a secret or what a tenant wrote', async () => {
  const lines: string[] = []
  const write = (line: string): void => void lines.push(line)
  const logger = createLogger({ level: 'debug', clock: { now: () => 0 }, write })
  const cp: TestControlPlane = await startControlPlane({ place, logger })
  const canary = 'canary-77aa'
  await cp.call('POST', '/v1/tenants', { slug: 'logged', name: 'Logged' })
  const answers = [
    await cp.call('PUT', '/v1/tenants/logged/credentials/shop', { value: canary }),
    await cp.call('PUT', '/v1/tenants/logged/credentials/shop', { value: { canary } }),
    await cp.call('PUT', '/v1/tenants/logged/procedures/look_up', lookUp({ name: canary })),
    await cp.call('GET', '/v1/tenants', undefined, { authorization: `Bearer ${canary}` }),
  ]
  await cp.stop()
  expect(answers.map((answer) => answer.status)).toEqual([200, 400, 422, 401])
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.join('\n')).not.toContain(canary)
})

test('a stop waits for the requests under way, and not for their connections', async () => {
  const cp = await startControlPlane({ place })
  const asked = ['one', 'two', 'three'].map((slug) => cp.call('POST', '/v1/tenants', { slug, name: slug }))
  const silent = connect(Number(new URL(cp.url).port), '127.0.0.1')
  await once(silent, 'connect')
  await asked[0]
  const since = Date.now()
  await cp.stop()
  expect(Date.now() - since).toBeLessThan(5_000)
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([201, 201, 201])
})
