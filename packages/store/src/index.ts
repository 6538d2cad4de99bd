/**
 * store: one tenant's SQLite behind the `Store` port of contracts. It makes durable what it is asked to, atomically and
 * by one process only; it decides nothing about turns, effects or sends. The rules are in `lane`.
 */
export { openStore, type StoreOptions } from './open.ts'
export { copyBeside } from './care/beside.ts'
export { defaultRetention } from './care/prune.ts'
export { restore, type RestoreOptions, type RestoreReport } from './care/restore.ts'
export { backupFolder, databaseIn, verifyCopy, verifyFolder, verifyKept } from './care/offline.ts'
export { openRecordings, type Recordings } from './recordings.ts'
export { keepRelease, keptReleases, releasesFolder } from './kept-releases.ts'
export { bundleFile, refuseAnothers, restoreReleases } from './care/releases-beside.ts'
export type { StandBy } from './lock.ts'
