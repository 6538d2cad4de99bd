import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { join } from 'node:path'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'

let cp: TestControlPlane
const canary = 'canary-5b2e-value'
beforeAll(async () => {
  cp = await startControlPlane()
  await cp.call('POST', '/v1/tenants', { slug: 'techmart', name: 'TechMart' })
})
afterAll(() => cp.place.remove())

test('a credential is written, versioned and never shown', async () => {
  const put = (value: unknown) => cp.call('PUT', '/v1/tenants/techmart/credentials/shop', { value })
  const answers = [
    await put(canary),
    await put(canary),
    await put({ canary }),
    await put(''),
    await cp.call('GET', '/v1/tenants/techmart/credentials'),
    await cp.call('GET', '/v1/tenants/techmart'),
  ]
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 400, 400, 200, 200])
  expect(answers[4]?.body.items).toMatchObject([{ name: 'shop', version: 2 }])
  expect(JSON.stringify(answers.map((answer) => answer.body))).not.toContain(canary)
})

test('what is stored is sealed', async () => {
  await cp.stop()
  const database = await openDatabase({ url: cp.place.url, folder: join(cp.place.data, 'postgres') })
  const rows = await database.withSystem((tx) => tx.credentialVersion.findMany())
  const keys = await database.withSystem((tx) => tx.tenantKey.findMany())
  await database.close()
  expect(rows).toHaveLength(2)
  for (const { sealed } of rows) expect(sealed).toMatch(/^bt1\.a256gcm\.dek-1\./)
  expect(keys).toMatchObject([{ wrapped: expect.stringMatching(/^bt1\.a256gcm\.kek-1\./) }])
  expect(JSON.stringify([rows, keys])).not.toContain(canary)
})
