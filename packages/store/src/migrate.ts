import { closeSync, copyFileSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault, systemClock, type Clock } from '@copse/contracts'
import type { Database } from 'better-sqlite3'
import { migrations } from './migrations/all.ts'

/** Forward only. `user_version` is the number of migrations applied. Answers how many were. */
export function migrate(db: Database, all: readonly string[] = migrations): number {
  const applied = appliedTo(db)
  refuseNewer(db, all)
  for (const [index, sql] of all.entries()) {
    if (index < applied) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
  return all.length - applied
}

export function refuseNewer(db: Database, all: readonly string[] = migrations): void {
  const applied = appliedTo(db)
  if (applied > all.length)
    throw new Fault('data_newer', { detail: `It has ${applied} migrations, this version knows ${all.length}.` })
}

const appliedTo = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/** For so long a copy is there to go back to. */
const servesMs = 24 * 60 * 60 * 1000
const copyName = /^before-migration-from-\d+\.db/

/**
 * The way back for a day, should the new version not do. Nothing is copied when there is nothing to migrate, or no data
 * yet.
 */
export function migrateWithCopy(
  db: Database,
  file: string,
  { all = migrations, clock = systemClock }: { all?: readonly string[]; clock?: Clock | undefined } = {},
): void {
  const applied = appliedTo(db)
  if (applied > 0 && applied < all.length) {
    // Somebody who reads keeps a part of the data in the log, and out of the copy.
    const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
    if (log.busy !== 0) throw new Fault('data_locked', { detail: `${file} is read by another process.` })
    const copy = join(dirname(file), `before-migration-from-${applied}.db`)
    try {
      copyFileSync(file, `${copy}.partial`)
      syncFile(`${copy}.partial`)
      renameSync(`${copy}.partial`, copy)
    } catch (error) {
      // A disk that has no room for it has none for half of it either.
      rmSync(`${copy}.partial`, { force: true })
      throw error
    }
    syncFile(dirname(file))
  }
  // A version that ends badly starts again within moments: that alone says nothing for it.
  else if (applied === all.length) dropCopies(dirname(file), clock.now() - servesMs)
  migrate(db, all)
}

function dropCopies(folder: string, before: number): void {
  for (const name of readdirSync(folder)) {
    const copy = join(folder, name)
    if (copyName.test(name) && statSync(copy).mtimeMs < before) rmSync(copy)
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
