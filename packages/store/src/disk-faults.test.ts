import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { randomIds, systemClock } from '@copse/contracts'
import { runUntilKilled } from '@copse/testkit'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCommits } from './commits.ts'
import { createInbox } from './inbox.ts'
import { openStore, restore, verifyFolder } from './index.ts'
import { migrate } from './migrate.ts'
import { setPragmas } from './pragmas.ts'
import { createSql } from './sql.ts'

const run = promisify(execFile)
const pageBytes = 4096

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-disk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const message = (n: number) =>
  ({ channel: 'web', messageId: `m${n}`, contact: { alias: 'ana' }, kind: 'text', text: 'x'.repeat(3000) }) as const

test('a full disk refuses messages, loses none that was taken, and takes them when there is space again', async () => {
  const db = new Database(join(folder, 'copse.db'))
  setPragmas(db)
  migrate(db)
  const commits = createCommits(db)
  const inbox = createInbox({ sql: createSql(db), commits, clock: systemClock, ids: randomIds, epoch: 1 })
  const limit = db.pragma('max_page_count', { simple: true }) as number
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 20}`)
  let taken = 0
  const fill = async (): Promise<void> => {
    for (;;) {
      await inbox.append([message(taken)])
      taken++
    }
  }
  await expect(fill()).rejects.toMatchObject({ code: 'storage_failed', detail: 'SQLITE_FULL', retryable: true })
  expect(taken).toBeGreaterThan(0)
  expect(await inbox.pending()).toMatchObject([{ messages: taken }])
  db.pragma(`max_page_count = ${limit}`)
  expect(await inbox.append([message(taken)])).toMatchObject([{ duplicate: false }])
  expect(await inbox.pending()).toMatchObject([{ messages: taken + 1 }])
  commits.close()
  db.close()
})

test('a disk that fails a write refuses the message, and every message that was taken is there afterwards', async () => {
  const script = new URL('testing/write-until-refused.ts', import.meta.url).pathname
  // In blocks of 1 KB: the log grows until it may not.
  const limited = ['-c', 'ulimit -f 2000; exec "$0" "$@"', process.execPath, script, folder]
  const { stdout } = await run('bash', limited)
  const { taken, ...refused } = JSON.parse(stdout) as { taken: number; code: string; detail: string }
  const why = expect.stringMatching(/^SQLITE_IOERR/) as string
  expect(refused).toMatchObject({ code: 'storage_failed', detail: why, refusal: { why } })
  expect(taken).toBeGreaterThan(0)
  const store = await openStore({ folder })
  expect(await store.verify()).toEqual({ ok: true, problems: [] })
  expect(await store.pending()).toMatchObject([{ messages: taken }])
  expect(await store.append([message(taken)])).toMatchObject([{ duplicate: false }])
  await store.close()
})

test('a folder that may only be read is refused with its name, and is as it was', async () => {
  const data = join(folder, 'data')
  const store = await openStore({ folder: data })
  await store.append([message(1)])
  await store.close()
  chmodSync(folder, 0o755)
  const before = readFileSync(join(data, 'copse.db'))
  for (const name of readdirSync(data)) chmodSync(join(data, name), 0o444)
  chmodSync(data, 0o555)
  const { stdout } = await runUntilKilled(new URL('testing/open-and-report.ts', import.meta.url), [
    data,
    'unprivileged',
  ])
  expect(stdout).toBe('data_unwritable')
  expect(readFileSync(join(data, 'copse.db')).equals(before)).toBe(true)
  chmodSync(data, 0o755)
})

describe('a damaged page', () => {
  const damage = (file: string, page: number): void => {
    const bytes = readFileSync(file)
    bytes.fill(0xff, page * pageBytes, (page + 1) * pageBytes)
    writeFileSync(file, bytes)
  }

  test('is found, whichever it is: opening refuses and names the file, or a check says so', async () => {
    const store = await openStore({ folder: join(folder, 'whole') })
    for (let n = 0; n < 50; n++) await store.append([message(n)])
    await store.close()
    const pages = readFileSync(join(folder, 'whole', 'copse.db')).length / pageBytes
    const tried = Array.from({ length: 12 }, (_, n) => Math.floor((n * pages) / 12))
    const refused = await Promise.all(
      tried.map(async (page) => {
        const data = join(folder, `page-${page}`)
        cpSync(join(folder, 'whole'), data, { recursive: true })
        const file = join(data, 'copse.db')
        damage(file, page)
        expect(await verifyFolder(data), `page ${page}`).toMatchObject({ ok: false })
        try {
          await openStore({ folder: data }).then((opened) => opened.close())
          return false
        } catch (error) {
          expect(error).toMatchObject({ code: 'data_damaged', detail: expect.stringContaining(file) as string })
          return true
        }
      }),
    )
    expect(refused).toContain(true)
  })

  test('in a backup stops the restore, before anything is replaced', async () => {
    const store = await openStore({ folder: join(folder, 'data') })
    for (let n = 0; n < 50; n++) await store.append([message(n)])
    const copy = join(folder, 'copy.db')
    await store.backup(copy)
    await store.close()
    damage(copy, Math.floor(readFileSync(copy).length / 2 / pageBytes))
    await expect(restore({ from: copy, folder: join(folder, 'data'), replace: true })).rejects.toMatchObject({
      code: 'data_damaged',
    })
    expect(await verifyFolder(join(folder, 'data'))).toEqual({ ok: true, problems: [] })
  })

  test('met by a commit is called what it is, and nobody is told to try again', async () => {
    const data = join(folder, 'data')
    const store = await openStore({ folder: data })
    for (let n = 0; n < 50; n++) await store.append([message(n)])
    await store.close()
    const again = await openStore({ folder: data })
    const file = join(data, 'copse.db')
    for (let page = 1; page < readFileSync(file).length / pageBytes; page++) damage(file, page)
    await expect(again.append([message(51)])).rejects.toMatchObject({
      code: 'data_damaged',
      detail: expect.stringMatching(/^SQLITE_CORRUPT/) as string,
      retryable: false,
    })
    await again.close().catch(() => {})
  })

  test('in data at work stops the next backup, so that no copy of it takes the place of a good one', async () => {
    const data = join(folder, 'data')
    const store = await openStore({ folder: data })
    for (let n = 0; n < 50; n++) await store.append([message(n)])
    await store.close()
    const again = await openStore({ folder: data })
    damage(join(data, 'copse.db'), Math.floor(readFileSync(join(data, 'copse.db')).length / 2 / pageBytes))
    await expect(again.backup(join(folder, 'copy.db'))).rejects.toMatchObject({ code: 'data_damaged' })
    expect(existsSync(join(folder, 'copy.db'))).toBe(false)
    await again.close()
  })
})

test('a read of a damaged page says that the data are damaged, which is no message’s fault', async () => {
  const file = join(folder, 'copse.db')
  const before = await openStore({ folder })
  await before.saveTree('h', { big: 'x'.repeat(200_000) })
  await before.close()
  const db = new Database(file, { readonly: true })
  const root = db.prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'trees'`).pluck().get()!
  db.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xff, (root - 1) * pageBytes, root * pageBytes))
  const store = await openStore({ folder })
  await expect(store.loadTree('h')).rejects.toMatchObject({ code: 'data_damaged', detail: 'SQLITE_CORRUPT' })
  await store.close()
})
