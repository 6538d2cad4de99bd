import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Fault, reasonOf, systemClock, type Clock } from '@copse/contracts'
import Database from 'better-sqlite3'
import { takeLock } from '../lock.ts'
import { migrate, refuseNewer } from '../migrate.ts'
import { createSql } from '../sql.ts'
import { checkFile } from './check-file.ts'
import { copyDatabase } from './copy-file.ts'
import { doubt, type SetAside } from './doubt.ts'
import { putInPlace, unfinished } from './files.ts'
import { createForgetting } from './forget.ts'
import { finish, moveAside, placeAside, settleCutOff } from './giving-way.ts'

export interface RestoreOptions {
  from: string
  folder: string
  /** The folder's data gives way; it is kept beside. */
  replace?: boolean
  /** Nothing happened after the backup was taken, e.g. the process was stopped first: nothing is in doubt. */
  nothingLost?: boolean
  clock?: Clock
  /** Puts in place what belongs to the copy, without whom the data that were here forgot; what was there goes to `aside`. */
  beside?: (aside: string, forgotten: readonly string[]) => Promise<void>
}

export interface RestoreReport {
  folder: string
  /** How often this data was restored. */
  generation: number
  /** Where the data that was here before is now. */
  replaced?: string
  /** What may have been done after the backup: not repeated, but shown to a person. */
  setAside: SetAside
  /** Contacts that were forgotten by the data that were here, and so in the copy. Absent: nobody knows of any. */
  forgotten?: string[]
}

const database = 'copse.db'
const files = [database, `${database}-wal`, `${database}-shm`]

/**
 * Puts a backup in the place of a folder's data, with what belongs `beside` it: whole, or not at all. The process has to
 * be stopped, and none starts before all of it is there.
 */
export async function restore({
  from,
  folder,
  replace = false,
  nothingLost = false,
  clock = systemClock,
  beside,
}: RestoreOptions): Promise<RestoreReport> {
  const problems = await checkFile(from, 'whole')
  if (problems.length > 0) throw new Fault('data_damaged', { detail: `${from}: ${problems.join(' ')}` })
  refuseCopy(from)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = takeLock(folder)
  try {
    const back = (await settleCutOff(folder, database)).get(path.dirname(path.resolve(from)))
    if (back !== undefined)
      throw new Fault('not_found', {
        detail: `A restore that was cut off had put ${from} aside: it is in ${back} now.`,
      })
    const namesThere = async () => (await readdir(folder)).filter((name) => files.includes(name))
    if ((await namesThere()).length > 0 && !replace) throw new Fault('data_present', { detail: folder })
    // Reading leaves files beside, which go with it.
    const forgotten = forgottenIn(path.join(folder, database))
    const coming = path.join(folder, unfinished)
    const aside = placeAside(folder, clock.now())
    let marked: ReturnType<typeof mark>
    try {
      await removeDatabase(coming)
      await copyDatabase(from, coming)
      marked = mark(coming, nothingLost, forgotten ?? [], clock)
      const there = await namesThere()
      if (there.length > 0) await moveAside(folder, there, aside)
      await beside?.(aside, forgotten ?? [])
    } catch (error) {
      await settleCutOff(folder, database)
      // Half of it would only take up room.
      await removeDatabase(coming).catch(() => {})
      if (error instanceof Fault) throw error
      throw new Fault('data_unwritable', { detail: `${folder}: ${reasonOf(error)}`, cause: error })
    }
    await putInPlace(coming, path.join(folder, database))
    const replaced = await finish(aside)
    return {
      folder,
      ...marked,
      ...(replaced === undefined ? {} : { replaced }),
      ...(forgotten === undefined ? {} : { forgotten }),
    }
  } finally {
    lock.release()
  }
}

async function removeDatabase(file: string): Promise<void> {
  for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${file}${end}`, { force: true })
}

/** Before anything is touched: what is begun and not ended keeps the tenant from starting. */
function refuseCopy(from: string): void {
  const db = new Database(from, { readonly: true })
  try {
    refuseNewer(db)
  } finally {
    db.close()
  }
}

/** Undefined when that cannot be read: what gives way may be damaged, or nothing is there. */
function forgottenIn(file: string): string[] | undefined {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    return db.prepare<[], string>('SELECT id FROM contacts WHERE forgotten_at IS NOT NULL').pluck().all()
  } catch {
    return undefined
  } finally {
    db?.close()
  }
}

function mark(
  file: string,
  nothingLost: boolean,
  forgotten: readonly string[],
  clock: Clock,
): Pick<RestoreReport, 'generation' | 'setAside'> {
  const db = new Database(file)
  try {
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    migrate(db)
    const sql = createSql(db)
    const forget = createForgetting({ sql, clock })
    const remembered = (id: string): boolean =>
      sql.get('SELECT 1 FROM contacts WHERE id = ? AND forgotten_at IS NULL', [id]) !== undefined
    return db
      .transaction(() => {
        const { generation } = sql.get<{ generation: number }>(
          'UPDATE meta SET restore_generation = restore_generation + 1 RETURNING restore_generation AS generation',
        )!
        for (const id of forgotten.filter(remembered)) forget(id)
        return {
          generation,
          setAside: nothingLost
            ? { messages: 0, sends: 0, timers: 0, effects: 0, notices: 0, resting: [] }
            : doubt(sql, clock.now()),
        }
      })
      .immediate()
  } finally {
    db.close()
  }
}
