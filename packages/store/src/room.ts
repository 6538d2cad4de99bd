import type { Clock, Ids } from '@copse/contracts'
import type { Commits } from './commits.ts'
import type { Sql } from './sql.ts'

/** What every part of the store works with. */
export interface Room {
  sql: Sql
  commits: Commits
  clock: Clock
  ids: Ids
  epoch: number
}
