import { existsSync, readdirSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { openTemporaryStore, type TemporaryStore } from '@copse/store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestBackup, surplusOf, takeBackup } from './backups.ts'

const hour = 3_600_000
let temporary: TemporaryStore
let folder: string
let now: number
beforeEach(async () => {
  now = Date.UTC(2026, 3, 14, 3, 17)
  temporary = await openTemporaryStore({ clock: { now: () => now } })
  folder = path.join(temporary.folder, 'backups')
})
afterEach(() => temporary.remove())

const nameAt = (at: number): string => `auto-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z.db`

test('of ten days of hourly copies the last 24 hours and one of each of seven days are kept', () => {
  const names = Array.from({ length: 240 }, (_, n) => nameAt(now - n * hour))
  const surplus = new Set(surplusOf(names))
  const kept = names.filter((name) => !surplus.has(name))
  expect(kept.slice(0, 24)).toEqual(names.slice(0, 24))
  expect(new Set(kept.map((name) => name.slice(5, 15))).size).toBe(7)
  expect(kept).toHaveLength(24 + 5)
})

test('copies that somebody asked for are never surplus', () => {
  expect(surplusOf(Array.from({ length: 100 }, (_, n) => `monday-${n}.db`))).toEqual([])
})

test('a copy takes the place of what a crash left, and is the newest there is', async () => {
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'auto-2026-04-14T02-17-00Z.db.partial'), 'half')
  expect(await newestBackup(folder, now)).toBeNull()
  const report = await takeBackup(temporary.store, folder, { now: () => now })
  expect(readdirSync(folder)).toEqual(['auto-2026-04-14T03-17-00Z.db'])
  expect(await newestBackup(folder, now)).toMatchObject({ name: path.basename(report.path), bytes: report.bytes })
})

test('copies of a clock that ran ahead for days take no place of those that come after', async () => {
  mkdirSync(folder)
  const ahead = Array.from({ length: 240 }, (_, n) => nameAt(now + (1_000 + n) * hour))
  const right = Array.from({ length: 23 }, (_, n) => nameAt(now - (n + 1) * hour))
  for (const name of [...ahead, ...right]) writeFileSync(path.join(folder, name), '')
  await takeBackup(temporary.store, folder, { now: () => now })
  expect(readdirSync(folder).toSorted()).toEqual([...ahead, ...right, nameAt(now)].toSorted())
})

test('the newest copy is the one taken last: not one that was touched since, nor one of a clock that ran ahead', async () => {
  mkdirSync(folder)
  for (const at of [now - 48 * hour, now - hour, now + 720 * hour]) writeFileSync(path.join(folder, nameAt(at)), '')
  utimesSync(path.join(folder, nameAt(now - 48 * hour)), now / 1_000, now / 1_000)
  expect(await newestBackup(folder, now)).toMatchObject({ name: nameAt(now - hour), takenAt: now - hour })
  now += 721 * hour
  expect(await newestBackup(folder, now)).toMatchObject({ name: nameAt(now - hour) })
})

test('a copy that fails deletes none of those before', async () => {
  mkdirSync(folder)
  const before = Array.from({ length: 60 }, (_, n) => nameAt(now - (n + 1) * hour))
  for (const name of before) writeFileSync(path.join(folder, name), '')
  mkdirSync(path.join(folder, nameAt(now)))
  await expect(takeBackup(temporary.store, folder, { now: () => now })).rejects.toMatchObject({
    code: 'already_exists',
  })
  expect(before.every((name) => existsSync(path.join(folder, name)))).toBe(true)
})
