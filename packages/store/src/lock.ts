import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@copse/contracts'
import Database from 'better-sqlite3'

export interface Lock {
  release(): void
}

/**
 * Held for the life of the process; the system drops it even at SIGKILL. It is a file of its own, because a lock on
 * the database itself would keep backups and readers out.
 */
export function takeLock(folder: string): Lock {
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

export interface StandBy {
  signal: AbortSignal
  /** Called once, when there is somebody to wait for. */
  onWait?: () => void
}

const pollMs = 250

/** Waits until the process that holds the folder is gone. The lock is asked for again and again: it tells nobody. */
export async function awaitLock(take: () => Lock, { signal, onWait }: StandBy): Promise<Lock> {
  for (let tries = 0; ; tries++) {
    try {
      return take()
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'data_locked') throw error
      if (tries === 0) onWait?.()
      await sleep(pollMs, undefined, { signal })
    }
  }
}
