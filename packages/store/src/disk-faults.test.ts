import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomIds, systemClock } from '@copse/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCommits } from './commits.ts'
import { createInbox } from './inbox.ts'
import { openStore, restore, verifyFolder } from './index.ts'
import { migrate } from './migrate.ts'
import { setPragmas } from './pragmas.ts'
import { createSql } from './sql.ts'

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

test('a damaged page is found by a check and by a restore, before anything is replaced', async () => {
  const store = await openStore({ folder: join(folder, 'data') })
  for (let n = 0; n < 50; n++) await store.append([message(n)])
  const copy = join(folder, 'copy.db')
  await store.backup(copy)
  await store.close()
  const bytes = readFileSync(copy)
  bytes.fill(0xff, Math.floor(bytes.length / 2 / 4096) * 4096, Math.floor(bytes.length / 2 / 4096) * 4096 + 4096)
  writeFileSync(copy, bytes)
  await expect(restore({ from: copy, folder: join(folder, 'data'), replace: true })).rejects.toMatchObject({
    code: 'data_damaged',
  })
  expect(await verifyFolder(join(folder, 'data'))).toEqual({ ok: true, problems: [] })
})
