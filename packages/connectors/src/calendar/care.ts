import { Fault } from '@copse/contracts'
import { openDatabase } from './database.ts'

/**
 * Deletes every appointment of a contact, also those to come, whose time is free again, and what was answered about them.
 * Nothing of it is left in the file: the number of rows.
 */
export function forgetContact(file: string, contactId: string): number {
  const db = openDatabase(file)
  try {
    const { changes } = db.prepare('DELETE FROM appointments WHERE contact = ?').run(contactId)
    // Customers would wait as well for whoever reads.
    db.pragma('busy_timeout = 0')
    const [log] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
    if (log.busy !== 0)
      throw new Fault('busy', { detail: `What was deleted is still in the log of ${file}, which is read. Ask again.` })
    return changes
  } finally {
    db.close()
  }
}

/** Throws the fault that says why a file cannot be used as a calendar. */
export function checkCalendar(file: string): void {
  const db = openDatabase(file)
  try {
    const found = db.pragma('quick_check(1)', { simple: true })
    if (found !== 'ok') throw new Fault('data_damaged', { detail: `${file}: ${String(found)}` })
    // One file without companions: it is about to be moved.
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}
