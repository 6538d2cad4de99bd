/**
 * store: one tenant's SQLite behind the `Store` port of contracts. It makes durable what it is asked to, atomically and
 * by one process only; it decides nothing about turns, effects or sends. The rules are in `lane`.
 */
export { openStore, type StoreOptions } from './open.ts'
export { defaultRetention } from './care/prune.ts'
export { restore, type RestoreOptions, type RestoreReport } from './care/restore.ts'
export { backupFolder, verifyFolder } from './care/offline.ts'
export type { StandBy } from './lock.ts'
