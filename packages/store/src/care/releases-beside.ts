import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Fault } from '@copse/contracts'
import { releaseFiles, releasesFolder, tenantOf } from '../kept-releases.ts'

/** The last bundle that a tenant's process started with, sealed with its token. */
export const bundleFile = 'bundle.sealed'

const besideCopy = (copy: string): string => path.join(path.dirname(copy), releasesFolder, path.basename(copy))

/**
 * Beside a copy of a tenant's data, what its process ran on: together they are enough to go on anywhere. None of these
 * files is ever written twice, so on one disk they take no room.
 */
export async function copyReleases(folder: string, copy: string): Promise<void> {
  const to = besideCopy(copy)
  // Left by a copy of this name that is gone; written over, it would change in other copies as well.
  await rm(to, { recursive: true, force: true })
  for (const file of [path.join(folder, bundleFile), ...releaseFiles(folder)]) {
    if (!existsSync(file)) continue
    await mkdir(to, { recursive: true, mode: 0o700 })
    const copied = path.join(to, path.basename(file))
    await link(file, copied).catch(() => copyFile(file, copied))
  }
}

/**
 * Fault `config_invalid`: a copy is another tenant's than the folder. Its customers would hear from the wrong business.
 * One that was made anew has the same slug. Answers whose they are, as far as anything says.
 */
export async function refuseAnothers(
  copy: string,
  folder: string,
): Promise<{ copyOf: string | undefined; folderOf: string | undefined }> {
  const of = tenantOf(await filesIn(besideCopy(copy)))
  const there = tenantOf(releaseFiles(folder))
  if (!of || !there || of.id === there.id || of.slug === there.slug) return { copyOf: of?.slug, folderOf: there?.slug }
  const detail = `${copy} is a copy of ${of.slug}, and ${folder} is ${there.slug}'s. Say a copy of ${there.slug}, or the folder of ${of.slug}.`
  throw new Fault('config_invalid', { detail })
}

/** Puts into a folder what stands beside a copy, if it is not there: what is there is newer. Answers with the files. */
export async function restoreReleases(copy: string, folder: string): Promise<string[]> {
  const restored: string[] = []
  for (const file of await filesIn(besideCopy(copy))) {
    const name = path.basename(file)
    const to = path.join(folder, ...(name === bundleFile ? [] : [releasesFolder]), name)
    if (existsSync(to)) continue
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    await copyFile(file, to)
    restored.push(to)
  }
  return restored
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name))
}
