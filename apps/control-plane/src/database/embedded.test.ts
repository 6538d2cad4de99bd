import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openEmbeddedPostgres } from './embedded.ts'

let place: TestDatabase
let folder: string
beforeAll(async () => {
  place = await createTestDatabase({ embedded: true })
  folder = join(place.data, 'postgres')
})
afterAll(() => place.remove())

test('one folder has one holder, whose socket nobody else can reach, and the next when that one is gone', async () => {
  const first = await openEmbeddedPostgres(folder)
  expect(statSync(String(first.connection.host)).mode & 0o777).toBe(0o700)
  await expect(openEmbeddedPostgres(folder)).rejects.toMatchObject({ code: 'data_locked', detail: folder })
  await first.close()
  const second = await openEmbeddedPostgres(folder)
  await second.close()
})

test('a folder too deep for a socket is refused with the reason', async () => {
  const deep = join(folder, 'x'.repeat(100))
  await expect(openEmbeddedPostgres(deep)).rejects.toThrow(/COPSE_DATA is too long/)
})

test('files that cannot be read are refused with the folder that holds them', async () => {
  const damaged = await createTestDatabase({ embedded: true })
  writeFileSync(join(damaged.data, 'postgres/files/global/pg_control'), 'not this')
  await expect(openEmbeddedPostgres(join(damaged.data, 'postgres'))).rejects.toMatchObject({
    code: 'data_damaged',
    detail: join(damaged.data, 'postgres'),
  })
  await damaged.remove()
})
