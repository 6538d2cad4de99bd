// Run as a process of its own: it is killed in the middle of a migration, of a backup or of a restore.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { restore } from '../care/restore.ts'
import { migrateWithCopy } from '../migrate.ts'
import { migrations } from '../migrations/all.ts'

const [folder, point] = process.argv.slice(2) as [string, string]
const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still alive')
}
const file = join(folder, 'copse.db')
const db = new Database(file)
if (point === 'restore') {
  db.close()
  const options = { from: join(folder, '..', 'copy.db'), folder, replace: true }
  await restore({ ...options, beside: async () => die() })
} else if (point === 'backup') {
  await db.backup(join(folder, 'copy.db.partial'), {
    progress: ({ remainingPages }) => (remainingPages < 300 ? die() : 10),
  })
} else {
  db.function('die', die)
  migrateWithCopy(db, file, { all: [migrations[0]!, `${migrations[1]!}; SELECT die();`] })
}
