import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  Fault,
  randomIds,
  silentMeter,
  systemClock,
  type Clock,
  type Ids,
  type Meter,
  type Store,
} from '@copse/contracts'
import Database from 'better-sqlite3'
import { createCare } from './care/care.ts'
import { createCommits } from './commits.ts'
import { createNotices } from './handoffs/notices.ts'
import { createInbox } from './inbox.ts'
import { createLedger } from './ledger.ts'
import { awaitLock, takeLock, type StandBy } from './lock.ts'
import { migrateWithCopy } from './migrate.ts'
import { createDelivery } from './outbox/delivery.ts'
import { createOutbox } from './outbox/outbox.ts'
import { assertDurable, setPragmas } from './pragmas.ts'
import { recover } from './recover.ts'
import { createResolution } from './resolution.ts'
import { createSql } from './sql.ts'
import { createTimers } from './timers/timers.ts'
import { createTrees } from './trees.ts'
import { createTurns } from './turns.ts'
import { createViews } from './views.ts'

export interface StoreOptions {
  folder: string
  clock?: Clock
  ids?: Ids
  meter?: Meter
  /** Waits for another process to let go of the folder, instead of refusing. */
  standBy?: StandBy
}

/** Lock, pragmas, migrations, epoch, recovery: in this order, and nothing is served before. */
export async function openStore({
  folder,
  clock = systemClock,
  ids = randomIds,
  meter = silentMeter,
  standBy,
}: StoreOptions): Promise<Store> {
  const take = () =>
    reach(folder, () => {
      mkdirSync(folder, { recursive: true })
      return takeLock(folder)
    })
  const lock = standBy ? await awaitLock(take, standBy) : take()
  let db: Database.Database | undefined
  try {
    const file = join(folder, 'copse.db')
    const opened = (db = reach(folder, () => {
      const database = new Database(file)
      setPragmas(database)
      return database
    }))
    const sql = createSql(opened)
    const { epoch, recovered } = reach(folder, () => {
      migrateWithCopy(opened, file)
      return opened.transaction(() => recover(sql)).immediate()
    })
    assertDurable(opened)

    const commits = createCommits(opened, { clock, meter })
    const room = { sql, commits, clock, ids, epoch }
    return {
      epoch,
      recovered,
      ...createInbox(room),
      ...createTurns(room),
      ...createLedger(room),
      ...createOutbox(room),
      ...createDelivery(room),
      ...createResolution(room),
      ...createTimers(room),
      ...createNotices(room),
      ...createTrees(room),
      ...createViews(room),
      ...createCare(room, opened, file),
      async close() {
        if (!opened.open) return
        commits.close()
        opened.pragma('wal_checkpoint(TRUNCATE)')
        opened.close()
        lock.release()
      },
    }
  } catch (error) {
    db?.close()
    lock.release()
    throw error
  }
}

function reach<T>(folder: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    const sqlite = error instanceof Database.SqliteError ? error.code : ''
    // A statement that SQLite does not understand is a bug of ours and stays what it is.
    if (error instanceof Fault || sqlite === 'SQLITE_ERROR') throw error
    const damaged = /^SQLITE_(NOTADB|CORRUPT)/.test(sqlite)
    throw new Fault(damaged ? 'data_damaged' : 'data_unwritable', { detail: folder, cause: error })
  }
}
