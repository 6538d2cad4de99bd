import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setPragmas } from './pragmas.ts'
import { createWriteBack, usualPages, type WriteBack } from './write-back.ts'

let folder: string
let file: string
let db: Database.Database
let writeBack: WriteBack
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-log-'))
  file = join(folder, 'copse.db')
  db = new Database(file)
  setPragmas(db)
  // What this measures does not depend on the disk.
  db.pragma('synchronous = OFF')
  db.exec('CREATE TABLE pages (id INTEGER PRIMARY KEY, page BLOB)')
  writeBack = createWriteBack(db, file)
})
afterEach(async () => {
  await writeBack.close()
  db.close()
  rmSync(folder, { recursive: true })
})

const log = () => db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)').get()!
const insert = () => db.prepare('INSERT INTO pages (page) VALUES (zeroblob(4000))')

async function commitPages(pages: number): Promise<void> {
  const one = insert()
  const fifty = db.transaction(() => {
    for (let at = 0; at < 50; at++) one.run()
  })
  for (let at = 0; at < pages; at += 50) {
    fifty()
    writeBack.committed()
    await breathe()
  }
}

test('a log that grew is written back without a commit that does it', async () => {
  await commitPages(usualPages - 500)
  await writeBack.close()
  expect(log().checkpointed).toBe(0)
  await commitPages(1_000)
  await writeBack.all()
  expect(log().checkpointed).toBe(log().log)
})

test('what was written back makes room: the log begins anew, and its file does not grow for ever', async () => {
  await commitPages(2 * usualPages)
  await writeBack.all()
  await commitPages(50)
  expect(log().log).toBeLessThan(200)
})

test('a thread that cannot write back loses nothing, and another one does', async () => {
  await commitPages(100)
  const lost = createWriteBack(db, join(folder, 'elsewhere.db'))
  await lost.all()
  await lost.close()
  expect(log().checkpointed).toBe(0)
  await writeBack.all()
  expect(log().checkpointed).toBe(log().log)
})

test('who closes it meanwhile waits for what is under way', async () => {
  await commitPages(1_000)
  const written = writeBack.all()
  await writeBack.close()
  await written
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
})
