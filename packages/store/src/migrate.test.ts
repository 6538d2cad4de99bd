import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runUntilKilled } from '@copse/testkit'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './index.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { beginTurn, commit } from './testing/turns.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-migrate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sessions = 1_000
const copies = () => readdirSync(folder).filter((name) => name.startsWith('before-'))

/** What the first version left behind: everybody waits, and somebody was in the middle of a turn. */
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
  db.close()
}

test('a store of the first version opens, keeps everything and goes on', async () => {
  writeFirstVersion()
  const store = await openStore({ folder })
  expect(await store.counts()).toMatchObject({ waitingSessions: sessions, unsentMessages: sessions })
  expect(await store.verify()).toEqual({ ok: true, problems: [] })
  const turn = await beginTurn(store, 'a7')
  expect(turn.session).toMatchObject({ id: 's7', revision: 1 })
  await commit(store, turn, { session: turn.session! })
  expect((await store.session('s7'))?.revision).toBe(2)
  const { sends } = await store.claimSends({ channels: ['web'], now: 2, limit: 5, maxAgeMs: 1e15 })
  expect(sends).toHaveLength(5)
  await store.close()
})

test('the file as it was before stays until the new version has started once more', async () => {
  writeFirstVersion()
  await openStore({ folder }).then((store) => store.close())
  expect(copies()).toEqual(['before-migration-from-1.db'])
  const copy = new Database(join(folder, copies()[0]!), { readonly: true })
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare('SELECT count(*) FROM sessions').pluck().get()).toBe(sessions)
  copy.close()
  await openStore({ folder }).then((store) => store.close())
  expect(copies()).toEqual([])
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
