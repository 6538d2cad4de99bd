import { join } from 'node:path'
import { Fault } from '@copse/contracts'
import Database from 'better-sqlite3'

/**
 * Held for the life of the process; the system drops it even at SIGKILL. It is a file of its own, because a lock on
 * the database itself would keep backups and readers out.
 */
export function takeLock(folder: string): { release(): void } {
  const lock = new Database(join(folder, 'lock.db'), { timeout: 0 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Fault('data_locked', { detail: folder, cause: error })
    }
    throw error
  }
  return { release: () => lock.close() }
}
