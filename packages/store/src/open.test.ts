import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runUntilKilled } from '@copse/testkit'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from './index.ts'
import { assertDurable, isNewEnough, setPragmas } from './pragmas.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-open-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const opener = new URL('./testing/open-and-report.ts', import.meta.url)

test('a store closes at once while somebody reads its data, and loses nothing', async () => {
  const store = await openStore({ folder })
  await store.append([{ channel: 'web', messageId: 'm1', contact: { alias: 'ana' }, kind: 'text', text: 'hi' }])
  const reader = new Database(join(folder, 'copse.db'), { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM inbox;')
  await store.append([{ channel: 'web', messageId: 'm2', contact: { alias: 'ana' }, kind: 'text', text: 'hi' }])
  const begun = performance.now()
  await store.close()
  expect(performance.now() - begun).toBeLessThan(2_000)
  reader.close()
  const again = await openStore({ folder })
  expect(await again.counts()).toMatchObject({ pendingMessages: 2 })
  await again.close()
})

describe('one process per folder', () => {
  test('a second process is refused at once, and let in when the first has closed', async () => {
    const store = await openStore({ folder })
    expect((await runUntilKilled(opener, [folder])).stdout).toBe('data_locked')
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'data_locked' })
    await store.close()
    expect((await runUntilKilled(opener, [folder])).stdout).toBe('open')
  })

  test('a process that was killed leaves no lock behind', async () => {
    const killed = await runUntilKilled(opener, [folder, 'kill'])
    expect(killed).toMatchObject({ signal: 'SIGKILL', stdout: 'open' })
    const store = await openStore({ folder })
    expect(store.epoch).toBe(2)
    await store.close()
  })
})

test('every opening has a number of its own', async () => {
  for (const epoch of [1, 2, 3]) {
    const store = await openStore({ folder })
    expect(store.epoch).toBe(epoch)
    await store.close()
  }
})

test('closing twice is closing once', async () => {
  const store = await openStore({ folder })
  await store.close()
  await store.close()
})

test('a folder that cannot be made is a fault that says so', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(openStore({ folder: join(file, 'data') })).rejects.toMatchObject({ code: 'data_unwritable' })
})

test('data that cannot be read is a fault that says so, whichever part of it is damaged', async () => {
  await openStore({ folder }).then((store) => store.close())
  for (const [file, at] of [
    ['copse.db', 0],
    ['copse.db', 100],
    ['lock.db', 0],
  ] as const) {
    const whole = readFileSync(join(folder, file))
    const garbage = Buffer.alloc(5000, 'not a database ')
    writeFileSync(
      join(folder, file),
      Buffer.concat([whole.subarray(0, at), garbage, whole.subarray(at + garbage.length)]),
    )
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'data_damaged',
      detail: expect.stringContaining(join(folder, file)) as string,
    })
    writeFileSync(join(folder, file), whole)
  }
})

test('data of a newer version is refused and left as it is', async () => {
  await openStore({ folder }).then((store) => store.close())
  const db = new Database(join(folder, 'copse.db'))
  db.pragma('user_version = 99')
  db.close()
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'data_newer' })
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'data_newer' })
})

describe('durability', () => {
  test('holds with the settings that the store makes', () => {
    const db = new Database(join(folder, 'x.db'))
    setPragmas(db)
    expect(() => assertDurable(db)).not.toThrow()
    db.close()
  })

  test.each([
    'synchronous = NORMAL',
    'foreign_keys = OFF',
    'journal_mode = DELETE',
    'busy_timeout = 0',
    'secure_delete = OFF',
  ])('is refused with %s', (pragma) => {
    const db = new Database(join(folder, 'x.db'))
    setPragmas(db)
    db.pragma(pragma)
    expect(() => assertDurable(db)).toThrow(pragma.split(' ')[0])
    db.close()
  })

  test('needs an SQLite that does not lose a WAL reset', () => {
    for (const version of ['3.51.3', '3.51.10', '3.53.0', '4.0.0']) expect(isNewEnough(version)).toBe(true)
    for (const version of ['3.51.2', '3.50.9', '2.99.99', '3.51']) expect(isNewEnough(version)).toBe(false)
  })
})
