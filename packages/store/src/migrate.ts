import { Fault } from '@copse/contracts'
import type { Database } from 'better-sqlite3'
import { migrations } from './migrations/all.ts'

/** Forward only. `user_version` is the number of migrations applied. */
export function migrate(db: Database): void {
  const applied = db.pragma('user_version', { simple: true }) as number
  if (applied > migrations.length) {
    throw new Fault('data_newer', { detail: `It has ${applied} migrations, this version knows ${migrations.length}.` })
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < applied) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${index + 1}`)
    }).immediate()
  }
}
