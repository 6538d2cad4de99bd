import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Fault } from '@copse/contracts'

/** Makes the folder, for its owner only, and proves that it can be written. */
export async function prepareDataFolder(folder: string): Promise<string> {
  const absolute = path.resolve(folder)
  const probe = path.join(absolute, '.write-probe')
  try {
    await mkdir(absolute, { recursive: true, mode: 0o700 })
    await (await open(probe, 'w')).close()
    await rm(probe)
  } catch (error) {
    throw new Fault('data_unwritable', { detail: `${absolute} (${(error as { code?: string }).code})`, cause: error })
  }
  return absolute
}
