import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault, systemClock, type BackupReport, type Clock, type VerifyReport } from '@copse/contracts'
import { takeLock } from '../lock.ts'
import { writeBackup } from './backup.ts'
import { checkFile } from './check-file.ts'

/** Of a folder that no process holds. Nothing in it changes. */
export async function backupFolder(
  folder: string,
  to: string,
  clock: Clock = systemClock,
  beside?: () => Promise<void>,
): Promise<BackupReport> {
  const file = databaseIn(folder)
  const lock = takeLock(folder)
  try {
    return await writeBackup(file, to, clock, beside)
  } finally {
    lock.release()
  }
}

/** Beside a process that holds the folder as well. */
export const verifyFolder = (folder: string): Promise<VerifyReport> => verifyCopy(databaseIn(folder))

export async function verifyCopy(file: string): Promise<VerifyReport> {
  if (!existsSync(file)) throw new Fault('not_found', { detail: `There is no ${file}.` })
  const problems = await checkFile(file, 'whole')
  return { ok: problems.length === 0, problems }
}

/** With what was found in files that others keep beside the store, where our rules do not hold. */
export async function verifyKept(files: readonly string[], { problems }: VerifyReport): Promise<VerifyReport> {
  const all = [...problems]
  for (const file of files) {
    const found = await checkFile(file, 'whole', [])
    all.push(...found.map((problem) => `${file}: ${problem}`))
  }
  return { ok: all.length === 0, problems: all }
}

/** Of a folder that was made by a tenant: whoever looks after one by hand begins none. */
export function databaseIn(folder: string): string {
  const file = join(folder, 'copse.db')
  if (!existsSync(file)) throw new Fault('not_found', { detail: `There is no copse.db in ${folder}.` })
  return file
}
