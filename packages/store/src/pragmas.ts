import { Fault } from '@copse/contracts'
import type { Database } from 'better-sqlite3'
import { mostPages } from './write-back.ts'

/** Older ones can lose a WAL reset to a concurrent checkpoint. */
const oldestSqlite = [3, 51, 3] as const

/** The driver opens WAL databases at synchronous NORMAL, which may forget an acknowledged message: all is set here. */
export function setPragmas(db: Database): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  // What is deleted is overwritten with zeros: somebody may ask to be forgotten whose words went long before.
  db.pragma('secure_delete = ON')
  // What a savepoint may have to undo is kept in memory: in a file it costs more than the commit.
  db.pragma('temp_store = MEMORY')
  db.pragma(`wal_autocheckpoint = ${mostPages}`)
}

const promised = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 5000, secure_delete: 1 }

/** For a database in memory, which promises nothing over the end of its process. */
export function setPragmasInMemory(db: Database): void {
  db.pragma('foreign_keys = ON')
}

/** Refuses to go on without what the promises rest on. Called after the first write, when the settings have settled. */
export function assertDurable(db: Database): void {
  for (const [name, wanted] of Object.entries(promised)) {
    const found = db.pragma(name, { simple: true })
    if (found !== wanted) throw new Fault('storage_unsafe', { detail: `${name} is ${String(found)}, not ${wanted}.` })
  }
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
  if (!isNewEnough(version)) {
    throw new Fault('storage_unsafe', { detail: `SQLite is ${version}, older than ${oldestSqlite.join('.')}.` })
  }
}

export function isNewEnough(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, oldest] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0
    if (part !== oldest) return part > oldest
  }
  return true
}
