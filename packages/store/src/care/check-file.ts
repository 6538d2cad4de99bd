import type Database from 'better-sqlite3'
import { rules, type Rule } from './rules.ts'
import { inThread } from './thread.ts'

/** quick: the file is whole. whole: every page, index and reference, and our own rules. */
export type Depth = 'quick' | 'whole'

const shownOfEach = 5

interface Asked {
  /** A file, or the bytes of one. */
  of: string | Buffer
  depth: Depth
  ours: readonly Rule[]
  shown: number
}

function checkIn(driver: typeof Database, { of, depth, ours, shown }: Asked): string[] {
  function check(db: Database.Database): string[] {
    const problems: string[] = []
    const column = (sql: string): string[] => db.prepare<[], string>(sql).pluck().all().map(String)
    const pages = column(depth === 'quick' ? 'PRAGMA quick_check(20)' : 'PRAGMA integrity_check(20)')
    if (pages.join() !== 'ok') return pages
    if (depth === 'quick') return problems
    for (const table of column('PRAGMA foreign_key_check')) problems.push(`A row of ${table} refers to nothing.`)
    const migrated = db.pragma('user_version', { simple: true }) as number
    for (const { says, sql, since = 1 } of ours) {
      // A copy from before an update is as good as any: it is migrated when it comes back.
      if (since > migrated) continue
      const found = column(sql)
      if (found.length === 0) continue
      const more = found.length > shown ? ` and ${found.length - shown} more` : ''
      problems.push(`${says}: not so for ${found.slice(0, shown).join(', ')}${more}.`)
    }
    return problems
  }

  try {
    const db =
      typeof of === 'string' ? new driver(of, { readonly: true, fileMustExist: true }) : new driver(Buffer.from(of))
    try {
      return check(db)
    } finally {
      db.close()
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return [`It cannot be read: ${code ?? message}.`]
  }
}

/** In a thread: reading every page of a large file takes seconds that no customer should wait. */
export const checkFile = (of: string | Buffer, depth: Depth, ours: readonly Rule[] = rules): Promise<string[]> =>
  inThread(checkIn, { of, depth, ours, shown: shownOfEach })
