import { rm } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Fault, type BackupReport, type Clock } from '@copse/contracts'
import Database from 'better-sqlite3'
import { checkFile } from './check-file.ts'
import { putInPlace, sha256Of } from './files.ts'

/** Between two steps messages are taken in: about half a megabyte at a time. */
const pagesPerStep = 128
const resolutionMs = 1

/** Copies step by step beside the work, checks the copy, and only then gives it its name. */
export async function writeBackup(db: Database.Database, to: string, clock: Clock): Promise<BackupReport> {
  const partial = `${to}.partial`
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  try {
    await rm(partial, { force: true })
    // What this process commits meanwhile is in the copy as well: it shows the end of the copying.
    await db.backup(partial, { progress: () => pagesPerStep })
    const takenAt = clock.now()
    settle(partial)
    const problems = await checkFile(partial, 'quick')
    if (problems.length > 0) throw new Fault('data_damaged', { detail: `The copy is not whole: ${problems.join(' ')}` })
    const { sha256, bytes } = await sha256Of(partial)
    await putInPlace(partial, to)
    return { path: to, bytes, sha256, takenAt, blockedMs: Math.max(0, delay.max / 1e6 - resolutionMs) }
  } catch (error) {
    await rm(partial, { force: true })
    if (error instanceof Fault) throw error
    throw new Fault('data_unwritable', { detail: `${to}: ${textOf(error)}`, cause: error })
  } finally {
    delay.disable()
  }
}

/** One file without companions: it can be moved and read wherever it is. */
function settle(file: string): void {
  const copy = new Database(file)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
