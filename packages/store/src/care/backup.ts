import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Fault, reasonOf, type BackupReport, type Clock } from '@copse/contracts'
import type { Database } from 'better-sqlite3'
import { checkFile } from './check-file.ts'
import { copyDatabase } from './copy-file.ts'
import { putInPlace, sha256Of } from './files.ts'

const resolutionMs = 1

/** Names that copies are being made for. */
const underWay = new Set<string>()

/**
 * Copies a file, or a database in memory, beside the work, checks the copy, has put `beside` it what belongs to it, and
 * only then gives it its name. Fault `already_exists`: there is something of that name, or there soon will be.
 */
export async function writeBackup(
  from: string | Database,
  to: string,
  clock: Clock,
  beside?: () => Promise<void>,
): Promise<BackupReport> {
  const name = path.resolve(to)
  if (existsSync(to) || underWay.has(name)) throw new Fault('already_exists', { detail: to })
  underWay.add(name)
  try {
    return await copyTo(to, from, clock, beside)
  } finally {
    underWay.delete(name)
  }
}

async function copyTo(
  to: string,
  from: string | Database,
  clock: Clock,
  beside?: () => Promise<void>,
): Promise<BackupReport> {
  // Another process may be at the same name.
  const partial = `${to}.${process.pid}.partial`
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  try {
    await rm(partial, { force: true })
    // All that was committed until now is in the copy.
    const takenAt = clock.now()
    await (typeof from === 'string' ? copyDatabase(from, partial) : writeFile(partial, from.serialize()))
    const problems = await checkFile(partial, 'quick')
    if (problems.length > 0) throw new Fault('data_damaged', { detail: `The copy is not whole: ${problems.join(' ')}` })
    const { sha256, bytes } = await sha256Of(partial)
    await beside?.()
    await putInPlace(partial, to)
    return { path: to, bytes, sha256, takenAt, blockedMs: Math.max(0, delay.max / 1e6 - resolutionMs) }
  } catch (error) {
    await rm(partial, { force: true })
    if (error instanceof Fault) throw error
    throw new Fault('data_unwritable', { detail: `${to}: ${reasonOf(error)}`, cause: error })
  } finally {
    delay.disable()
  }
}
