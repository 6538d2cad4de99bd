import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  Fault,
  isOfStorage,
  randomIds,
  reasonOf,
  silentMeter,
  systemClock,
  type Clock,
  type Ids,
  type Meter,
  type Store,
} from '@copse/contracts'
import Database from 'better-sqlite3'
import { createCare } from './care/care.ts'
import { unfinished } from './care/files.ts'
import { isGivingWay } from './care/giving-way.ts'
import { createCommits } from './commits.ts'
import { createNotices } from './handoffs/notices.ts'
import { createInbox } from './inbox.ts'
import { createLedger } from './ledger.ts'
import { awaitLock, takeLock, type StandBy } from './lock.ts'
import { migrate, migrateWithCopy } from './migrate.ts'
import { createDelivery } from './outbox/delivery.ts'
import { createOutbox } from './outbox/outbox.ts'
import { assertDurable, setPragmas, setPragmasInMemory } from './pragmas.ts'
import { recover } from './recover.ts'
import { createResolution } from './resolution.ts'
import { createSql } from './sql.ts'
import { createTimers } from './timers/timers.ts'
import { createTrees } from './trees.ts'
import { createUsage } from './usage.ts'
import { createTurns } from './turns.ts'
import { createViews } from './views.ts'
import { createWriteBack } from './write-back.ts'

export interface StoreOptions {
  /** `:memory:` for a store that ends with its process: nothing locks it, and nothing of it is ever on a disk. */
  folder: string
  clock?: Clock
  ids?: Ids
  meter?: Meter
  /** Waits for another process to let go of the folder, instead of refusing. */
  standBy?: StandBy
}

/** Lock, pragmas, migrations, epoch, recovery: in this order, and nothing is served before. */
export async function openStore({ folder, standBy, ...rest }: StoreOptions): Promise<Store> {
  if (folder === ':memory:') {
    const db = new Database(folder)
    setPragmasInMemory(db)
    migrate(db)
    return serve(db, undefined, rest)
  }
  const take = () =>
    reach(join(folder, 'lock.db'), () => {
      mkdirSync(folder, { recursive: true })
      return takeLock(folder)
    })
  const lock = standBy ? await awaitLock(take, standBy) : take()
  let db: Database.Database | undefined
  try {
    const file = join(folder, 'copse.db')
    refuseHalfRestored(folder, file)
    const opened = (db = reach(file, () => new Database(file)))
    const store = reach(file, () => {
      setPragmas(opened)
      migrateWithCopy(opened, file, { clock: rest.clock })
      return serve(opened, file, rest)
    })
    assertDurable(opened)
    return {
      ...store,
      async close() {
        if (!opened.open) return
        await store.close()
        lock.release()
      },
    }
  } catch (error) {
    db?.close()
    lock.release()
    throw error
  }
}

type Parts = Pick<StoreOptions, 'clock' | 'ids' | 'meter'>

/** `file`: undefined for a database in memory. */
function serve(
  db: Database.Database,
  file: string | undefined,
  { clock = systemClock, ids = randomIds, meter = silentMeter }: Parts,
): Store {
  const sql = createSql(db)
  const { epoch, recovered } = db.transaction(() => recover(sql)).immediate()
  const writeBack = file === undefined ? undefined : createWriteBack(db, file)
  const commits = createCommits(db, { clock, meter, committed: writeBack?.committed })
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
    ...createUsage(room),
    ...createViews(room),
    ...createCare(room, db, file, writeBack),
    async close() {
      if (!db.open) return
      commits.close()
      await writeBack?.close()
      if (file !== undefined) {
        // Not for whoever reads, a backup say: what stays in the log is as safe there.
        db.pragma('busy_timeout = 0')
        db.pragma('wal_checkpoint(TRUNCATE)')
      }
      db.close()
    },
  }
}

/** Between what was put aside and what was to come in its place there is nothing: an empty store would pass for all. */
function refuseHalfRestored(folder: string, file: string): void {
  const isCutOff = (): boolean => readdirSync(folder).some((name) => name === unfinished || isGivingWay(name))
  if (!existsSync(file) && isCutOff())
    throw new Fault('data_damaged', { detail: `A restore of ${folder} was cut off. Run it once more.` })
}

/** What the disk refuses, with the name of the file. */
function reach<T>(file: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (thrown) {
    // What a statement threw: here the file is what matters.
    const error = isOfStorage(thrown) ? (thrown.cause ?? thrown) : thrown
    const sqlite = error instanceof Database.SqliteError ? error.code : ''
    // A statement that SQLite does not understand is a bug of ours and stays what it is.
    if (error instanceof Fault || sqlite === 'SQLITE_ERROR') throw error
    const damaged = /^SQLITE_(NOTADB|CORRUPT)/.test(sqlite)
    throw new Fault(damaged ? 'data_damaged' : 'data_unwritable', {
      detail: `${file} (${sqlite || reasonOf(error)})`,
      cause: error,
    })
  }
}
