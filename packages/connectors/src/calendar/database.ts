import { Fault } from '@copse/contracts'
import Database from 'better-sqlite3'

const version = 1

/**
 * `busy_from` to `busy_to` is the appointment with its buffers: booked ones of a resource never overlap. `calls` holds
 * what was answered to each write that happened, by its key.
 */
const schema = `
  CREATE TABLE appointments (
    id TEXT PRIMARY KEY,
    resource TEXT NOT NULL,
    contact TEXT NOT NULL,
    name TEXT,
    service TEXT,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    busy_from INTEGER NOT NULL,
    busy_to INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('booked', 'cancelled'))
  ) STRICT;
  CREATE INDEX appointments_busy ON appointments (busy_to) WHERE state = 'booked';
  CREATE INDEX appointments_contact ON appointments (contact, ends_at);
  CREATE TABLE calls (
    key TEXT PRIMARY KEY,
    args_hash TEXT NOT NULL,
    appointment TEXT NOT NULL REFERENCES appointments (id) ON DELETE CASCADE,
    answer TEXT NOT NULL
  ) STRICT;
  CREATE INDEX calls_appointment ON calls (appointment);
`

/** The calendar's own file, or `:memory:`. What it says is durable when it says it. */
export function openDatabase(file: string): Database.Database {
  const db = reach(file, () => new Database(file))
  try {
    return reach(file, () => prepared(db, file))
  } catch (error) {
    db.close()
    throw error
  }
}

function prepared(db: Database.Database, file: string): Database.Database {
  db.pragma('journal_mode = WAL')
  // The driver opens WAL databases at NORMAL, which may forget a booking that was confirmed.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 2000')
  db.pragma('secure_delete = ON')
  const found = (): unknown => db.pragma('user_version', { simple: true })
  db.transaction(() => {
    if (found() !== 0) return
    db.exec(schema)
    db.pragma(`user_version = ${version}`)
  }).immediate()
  if (found() !== version) throw new Fault('data_newer', { detail: file })
  if (db.pragma('synchronous', { simple: true }) !== 2)
    throw new Fault('storage_unsafe', { detail: `${file} is not written through.` })
  return db
}

function reach<T>(file: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof Fault) throw error
    const code = error instanceof Database.SqliteError ? error.code : String(error)
    const isDamaged = /^SQLITE_(NOTADB|CORRUPT)/.test(code)
    throw new Fault(isDamaged ? 'data_damaged' : 'data_unwritable', { detail: `${file} (${code})`, cause: error })
  }
}
