import type { StoreCare } from '@copse/contracts'
import type { Database } from 'better-sqlite3'
import type { Room } from '../room.ts'
import type { WriteBack } from '../write-back.ts'
import { writeBackup } from './backup.ts'
import { checkFile } from './check-file.ts'
import { restingSince } from './doubt.ts'
import { createForgetting } from './forget.ts'
import { prune } from './prune.ts'

/** `file`: where the database is, and `writeBack` who writes its log back; undefined for one in memory. */
export function createCare(room: Room, db: Database, file?: string, writeBack?: WriteBack): StoreCare {
  const { commits, clock } = room
  const forget = createForgetting(room)
  /** Leaves nothing. What is overwritten with itself would not be written at all. */
  function tryToWrite(): void {
    room.sql.run(`INSERT INTO links VALUES ('try', 0)`)
    room.sql.run(`DELETE FROM links WHERE id = 'try'`)
  }
  return {
    backup: (to, beside) => writeBackup(file ?? db, to, clock, beside),
    async verify() {
      const problems = await checkFile(file ?? db.serialize(), 'whole')
      return { ok: problems.length === 0, problems }
    },
    async forget(contactId, tell) {
      const { ended, ...report } = await commits.run(() => forget(contactId))
      tell?.(ended)
      // The log keeps old pages until it is emptied.
      await writeBack?.empty()
      return report
    },
    async resting() {
      const { restoredAt, doubtUntil } = room.sql.get<{ restoredAt: number | null; doubtUntil: number | null }>(
        'SELECT restored_at AS restoredAt, doubt_until AS doubtUntil FROM meta',
      )!
      // From then on whoever writes begins anew.
      if (restoredAt === null || clock.now() >= (doubtUntil ?? 0)) return []
      return restingSince(room.sql, restoredAt)
    },
    prune: (retention, now) => prune(room, retention, now, writeBack?.all),
    async refusal() {
      if (commits.refusal() === undefined) return undefined
      // Where nobody writes, nobody else would find out that it takes it again.
      await commits.run(tryToWrite).catch(() => {})
      return commits.refusal()
    },
  }
}
