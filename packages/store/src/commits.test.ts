import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCommits, type Commits } from './commits.ts'

let folder: string
let db: Database.Database
let reader: Database.Database
let commits: Commits

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-commits-'))
  db = new Database(join(folder, 'x.db'))
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY)')
  reader = new Database(join(folder, 'x.db'), { readonly: true })
  commits = createCommits(db)
})

afterEach(() => {
  reader.close()
  db.close()
  rmSync(folder, { recursive: true })
})

const insert = (id: number) => () => db.prepare('INSERT INTO notes VALUES (?)').run(id).changes
/** What SQLite does by itself when the disk is full. */
const full = () => {
  db.exec('ROLLBACK')
  throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
}
const notes = (of: Database.Database) => of.prepare('SELECT id FROM notes ORDER BY id').pluck().all()

test('operations of one tick share a transaction, and no promise resolves before it is committed', async () => {
  const first = commits.run(insert(1)).then(() => notes(reader))
  const second = commits.run(() => {
    insert(2)()
    return { here: notes(db), outside: notes(reader) }
  })
  expect(await second).toEqual({ here: [1, 2], outside: [] })
  expect(await first).toEqual([1, 2])
})

test('an operation that fails takes back its own writes and no others', async () => {
  const settled = await Promise.allSettled([
    commits.run(insert(1)),
    commits.run(() => {
      insert(2)()
      throw new Error('no')
    }),
    commits.run(insert(1)),
    commits.run(insert(3)),
  ])
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(settled[2]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } })
  expect(notes(reader)).toEqual([1, 3])
})

test('what shares a commit with one that fails runs once more, on what was there before', async () => {
  const found: unknown[] = []
  const look = () => {
    found.push(notes(db))
    insert(2)()
  }
  const failing = () => {
    throw new Error('no')
  }
  const settled = await Promise.allSettled([commits.run(insert(1)), commits.run(look), commits.run(failing)])
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(found).toEqual([[1], [1]])
  expect(notes(reader)).toEqual([1, 2])
})

test('when the storage ends the transaction, every operation in it fails and none is kept', async () => {
  const settled = await Promise.allSettled([commits.run(insert(1)), commits.run(full), commits.run(insert(2))])
  for (const one of settled)
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'storage_failed', detail: 'SQLITE_FULL' } })
  expect(notes(reader)).toEqual([])
  expect(await commits.run(insert(4))).toBe(1)
})

test('on a disk that is really full nothing is half kept, and it goes on when there is room', async () => {
  db.exec('CREATE TABLE texts (text TEXT)')
  const pages = Number(db.pragma('page_count', { simple: true }))
  db.pragma(`max_page_count = ${pages + 1}`)
  const large = () => db.prepare('INSERT INTO texts VALUES (?)').run('x'.repeat(50_000)).changes
  const settled = await Promise.allSettled([commits.run(insert(1)), commits.run(large)])
  expect(settled[1]).toMatchObject({ status: 'rejected', reason: { code: 'storage_failed', detail: 'SQLITE_FULL' } })
  expect(notes(reader)).toEqual(settled[0]?.status === 'fulfilled' ? [1] : [])
  db.pragma(`max_page_count = ${pages + 100}`)
  expect(await commits.run(large)).toBe(1)
})

test('since when the storage refuses everything is known until something is written again', async () => {
  let now = 1_000
  commits = createCommits(db, { clock: { now: () => now } })
  await commits.run(insert(1))
  await commits.run(insert(1)).catch(() => {})
  expect(commits.refusal()).toBeUndefined()
  await commits.run(full).catch(() => {})
  now = 2_000
  await commits.run(full).catch(() => {})
  await commits.run(() => notes(db))
  expect(commits.refusal()).toEqual({ since: 1_000, why: 'SQLITE_FULL' })
  await commits.run(insert(2))
  expect(commits.refusal()).toBeUndefined()
})

test('what nobody waits for goes with the next commit, and soon by itself when there is none', async () => {
  const patient = commits.runSoon(insert(1))
  const seen = commits.run(() => notes(db))
  expect(await seen).toEqual([1])
  await patient
  let isDone = false
  const alone = commits.runSoon(insert(2)).then(() => (isDone = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isDone).toBe(false)
  await alone
  expect(notes(reader)).toEqual([1, 2])
})

test('closing commits what is queued and takes no more', async () => {
  const queued = commits.run(insert(1))
  commits.close()
  expect(notes(reader)).toEqual([1])
  expect(await queued).toBe(1)
  await expect(commits.run(insert(2))).rejects.toMatchObject({ code: 'storage_failed' })
})
