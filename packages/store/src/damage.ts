import { Fault } from '@copse/contracts'
import Database from 'better-sqlite3'

const damaged = /^SQLITE_(NOTADB|CORRUPT)/
const refused = /^SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|PROTOCOL|CANTOPEN|PERM|NOMEM)/

/**
 * What the disk or the system refuses may work later; where the data themselves are broken, trying again does not help.
 * Anything else, a broken constraint say, stays what it is.
 */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code } = error
  if (damaged.test(code)) return new Fault('data_damaged', { detail: code, cause: error })
  return refused.test(code) ? new Fault('storage_failed', { detail: code, cause: error }) : error
}
