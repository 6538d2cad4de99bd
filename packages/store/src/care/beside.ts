import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '@copse/contracts'
import { writeBackup } from './backup.ts'
import { copyReleases } from './releases-beside.ts'

interface Beside {
  folder: string
  /** Files that others keep in the folder. */
  kept: readonly { file: string; besideCopy(copy: string): string }[]
  /** The copy of the store, which has not got its name yet. */
  copy: string
  clock: Clock
}

/** What belongs to a copy of a tenant's data: what others keep in the same folder, and what its process ran on. */
export async function copyBeside({ folder, kept, copy, clock }: Beside): Promise<void> {
  for (const each of kept) {
    const to = each.besideCopy(copy)
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    // Left by a copy of this name that is gone, or that never came to be.
    await rm(to, { force: true })
    await writeBackup(each.file, to, clock)
  }
  await copyReleases(folder, copy)
}
