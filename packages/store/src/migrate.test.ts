import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@copse/contracts'
import { runUntilKilled } from '@copse/testkit'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, restore, verifyCopy } from './index.ts'
import { migrate, migrateWithCopy } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { beginTurn, commit, nextTurn } from './testing/turns.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sessions = 1_000
const unhandled = 100
const begun = 50
const copies = () => readdirSync(folder).filter((name) => name.startsWith('before-'))

/** What the first version left behind: everybody waits, some have written since, and turns of some were under way. */
function writeFirstVersion(): void {
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, 'copse.db'))
  db.pragma('journal_mode = WAL')
  migrate(db, migrations.slice(0, 1))
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${sessions})`
  const reply = `json_object('turnId', 'turn ' || i, 'messages', json('[]'))`
  for (const [table, values] of [
    ['contacts', `'c' || i, NULL, NULL, 1`],
    ['aliases', `'web', 'a' || i, 'c' || i`],
    ['conversations', `'v' || i, 'c' || i, 'web', '{}', 1`],
    [
      'sessions',
      `i, 's' || i, 'c' || i, 'v' || i, 'refund', '1.0', 'h', 'refund', 'ask', 'waiting', NULL, '{"v":1}', 1, 1, 1`,
    ],
    ['turns', `i, 'turn ' || i, 'c' || i, 'v' || i, 's' || i, 1, 'x', 1, 1, 'committed', ${reply}, NULL, 1`],
    ['inbox', `i, 'web', 'a' || i, 'c' || i, 'v' || i, '{"kind":"text","messageId":"m"}', 'done', 'turn ' || i, 1`],
    ['dedupe', `'web', 'first ' || i, i, 'c' || i, 1`],
    ['messages', `i, 'v' || i, 's' || i, 'turn ' || i, 'business', '{"text":"and?"}', 1`],
    ['outbox', `i, i || ':0', 'v' || i, 'web', 'a' || i, 'pending', 0, 1, NULL, NULL, NULL`],
    [
      'effects',
      `i, 'k' || i, 'turn ' || i, 'pay', 1, 'refund', '{}', 'a', 'idempotent', 'O' || i, 'done', '{"status":"ok","data":{}}', 1, 1, 1`,
    ],
  ] as const)
    db.exec(`${numbers} INSERT INTO ${table} SELECT ${values} FROM n`)
  const next = `'{"kind":"text","text":"next","channel":"web","messageId":"next","contact":{"alias":"a' || i || '"}}'`
  for (const [count, table, values] of [
    [begun, 'turns', `NULL, 'open ' || i, 'c' || i, 'v' || i, 's' || i, 2, 'x', 1, 1, 'open', NULL, NULL, NULL`],
    [
      unhandled,
      'inbox',
      `NULL, 'web', 'a' || i, 'c' || i, 'v' || i, ${next}, 'pending', iif(i <= ${begun}, 'open ' || i, NULL), 2`,
    ],
    [begun, 'journal', `'open ' || i, 1, 'intent', 'under way ' || i, 'refund', 'a', NULL`],
    [
      begun,
      'effects',
      `NULL, 'under way ' || i, 'open ' || i, 'pay', 1, 'refund', '{}', 'a', 'at-most-once', NULL, 'intent', NULL, 1, 2, NULL`,
    ],
  ] as const)
    db.exec(`${numbers} INSERT INTO ${table} SELECT ${values} FROM n WHERE i <= ${count}`)
  db.close()
}

test('a store of the first version opens, and every session goes on, also those in the middle of a turn', async () => {
  writeFirstVersion()
  const startedAt = performance.now()
  const store = await openStore({ folder })
  process.stdout.write(`${sessions} sessions migrated in ${Math.round(performance.now() - startedAt)} ms\n`)
  expect(copies()).toEqual(['before-migration-from-1.db'])
  expect(await store.verify()).toEqual({ ok: true, problems: [] })
  expect(await store.counts()).toMatchObject({
    waitingSessions: sessions,
    unsentMessages: sessions,
    pendingMessages: unhandled,
  })
  const { sends } = await store.claimSends({ channels: ['web'], now: 2, limit: sessions + 1, maxAgeMs: 1e15 })
  expect(sends).toHaveLength(sessions)

  const all = Array.from({ length: sessions }, (_, n) => n + 1)
  await Promise.all(
    all.map(async (n) => {
      const isBegun = n <= begun
      const turn = n <= unhandled ? (await nextTurn(store, `c${n}`))! : await beginTurn(store, `a${n}`)
      expect(turn).toMatchObject({ attempt: isBegun ? 2 : 1, session: { id: `s${n}`, revision: 1 } })
      expect(turn.recorded.map(({ key }) => key)).toEqual(isBegun ? [`under way ${n}`] : [])
      // Done before the update: a second time it is the first one's outcome.
      const args = { turnId: turn.id, node: 'pay', visit: 2, name: 'refund', args: {}, argsHash: 'a' }
      const again = { ...args, key: `again ${n}`, policy: 'idempotent', naturalKey: `O${n}` } as const
      expect(await store.beginEffect(again, [])).toMatchObject({ state: 'repeated' })
      await commit(store, turn, { session: { ...turn.session!, status: 'completed' } })
    }),
  )
  expect(await store.counts()).toMatchObject({ waitingSessions: 0, pendingMessages: 0, uncertainEffects: begun })
  expect((await store.session('s7'))?.revision).toBe(2)
  await store.close()
})

test('the file as it was before stays for a day, however often the new version starts meanwhile', async () => {
  writeFirstVersion()
  await openStore({ folder }).then((store) => store.close())
  expect(copies()).toEqual(['before-migration-from-1.db'])
  const copy = new Database(join(folder, copies()[0]!), { readonly: true })
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare('SELECT count(*) FROM sessions').pluck().get()).toBe(sessions)
  copy.close()
  await openStore({ folder }).then((store) => store.close())
  expect(copies()).toContain('before-migration-from-1.db')
  const clock = { now: () => systemClock.now() + 25 * 60 * 60 * 1000 }
  await openStore({ folder, clock }).then((store) => store.close())
  expect(copies()).toEqual([])
})

test('a copy that cannot be made leaves nothing on the disk, and the data as they were', async () => {
  writeFirstVersion()
  const inTheWay = join(folder, 'before-migration-from-1.db')
  mkdirSync(join(inTheWay, 'something'), { recursive: true })
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'data_unwritable' })
  expect(copies()).toEqual(['before-migration-from-1.db'])
  rmSync(inTheWay, { recursive: true })
  await openStore({ folder }).then((store) => store.close())
})

test('the file as it was before can be checked and brought back', async () => {
  writeFirstVersion()
  await openStore({ folder }).then((store) => store.close())
  const from = join(folder, copies()[0]!)
  expect(await verifyCopy(from)).toEqual({ ok: true, problems: [] })
  await restore({ from, folder, replace: true, nothingLost: true })
  const store = await openStore({ folder })
  expect((await store.counts()).waitingSessions).toBe(sessions)
  await store.close()
})

test('a copy that a newer version wrote is refused, and the folder is as it was', async () => {
  const from = join(folder, 'newer.db')
  const db = new Database(from)
  migrate(db, [...migrations, 'CREATE TABLE later (x)'])
  db.close()
  const data = join(folder, 'data')
  await expect(restore({ from, folder: data })).rejects.toMatchObject({ code: 'data_newer' })
  await openStore({ folder: data }).then((store) => store.close())
})

test('a new store has nothing to copy', async () => {
  await openStore({ folder }).then((store) => store.close())
  expect(copies()).toEqual([])
})

test.each(['migration', 'backup'])(
  'a process killed in the middle of a %s leaves a store that opens',
  async (point) => {
    writeFirstVersion()
    const killed = await runUntilKilled(new URL('./testing/die-in.ts', import.meta.url), [folder, point])
    expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' })
    const store = await openStore({ folder })
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
    expect((await store.counts()).waitingSessions).toBe(sessions)
    await store.backup(join(folder, 'copy.db'))
    await store.close()
  },
)

test('while somebody reads nothing is migrated: the way back would lack what is in the log', () => {
  const file = join(folder, 'copse.db')
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('busy_timeout = 100')
  migrateWithCopy(db, file, { all: ['CREATE TABLE t (x)'] })
  const reader = new Database(file, { readonly: true })
  reader.exec('BEGIN; SELECT * FROM t;')
  db.exec(`INSERT INTO t VALUES ('precious')`)
  const both = ['CREATE TABLE t (x)', 'CREATE TABLE u (x)']
  expect(() => migrateWithCopy(db, file, { all: both })).toThrow(expect.objectContaining({ code: 'data_locked' }))
  reader.close()
  migrateWithCopy(db, file, { all: both })
  db.close()
  const copy = new Database(join(folder, 'before-migration-from-1.db'), { readonly: true })
  expect(copy.prepare('SELECT x FROM t').pluck().all()).toEqual(['precious'])
  copy.close()
})
