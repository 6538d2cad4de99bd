import type Database from 'better-sqlite3'
import { inThread } from './thread.ts'

interface Copying {
  from: string
  to: string
}

/** One read transaction in one step: whatever is committed meanwhile is not in the copy, and does not begin it anew. */
async function copyIn(driver: typeof Database, { from, to }: Copying): Promise<void> {
  const db = new driver(from, { fileMustExist: true })
  try {
    await db.backup(to, { progress: () => 0x7fffffff })
  } finally {
    db.close()
  }
  // One file without companions: it can be moved and read wherever it is.
  const copy = new driver(to)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** In a thread: writing the pages out, and waiting for the disk at the end, takes longer than a customer should wait. */
export const copyDatabase = (from: string, to: string): Promise<void> => inThread(copyIn, { from, to })
