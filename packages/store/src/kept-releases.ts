import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault, type KeptRelease } from '@copse/contracts'

/** Older ones go: by then retention has taken what was said on them. */
const mostKept = 200

/** Of a data folder; and beside copies of it, where each has a folder of its own in it. */
export const releasesFolder = 'releases'
const ending = '.release.json'
const placeOf = (folder: string): string => join(folder, releasesFolder)

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(placeOf(folder))
      .filter((name) => name.endsWith(ending))
      .toSorted()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Beside the conversations, what they stand on from now. One that is the newest already is not written again. */
export function keepRelease(folder: string, kept: KeptRelease): void {
  const own = `-${kept.dev ? 'dev-' : ''}${kept.release.digest.slice(0, 16)}${ending}`
  const stamp = String(kept.usedAt).padStart(15, '0')
  const names = namesIn(folder)
  // What a clock ahead wrote says nothing of what ran until then.
  const newest = names.findLast((name) => name.slice(0, stamp.length) <= stamp)
  if (newest?.endsWith(own) && readKept(join(placeOf(folder), newest))) return
  const name = `${stamp}${own}`
  try {
    mkdirSync(placeOf(folder), { recursive: true, mode: 0o700 })
    const file = join(placeOf(folder), name)
    // Written beside and renamed, so that whoever reads finds all of it, also after a power cut.
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
    for (const old of [...names, name].slice(0, -mostKept)) rmSync(join(placeOf(folder), old), { force: true })
  } catch (cause) {
    throw new Fault('data_unwritable', { detail: placeOf(folder), cause })
  }
}

/** Their files, the oldest first. */
export const releaseFiles = (folder: string): string[] => namesIn(folder).map((name) => join(placeOf(folder), name))

/** Whose they are, as the newest of them says that is whole. */
export function tenantOf(files: readonly string[]): Pick<KeptRelease['release']['tenant'], 'id' | 'slug'> | undefined {
  for (const file of files
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .toReversed()) {
    const kept = readKept(file)
    if (kept) return kept.release.tenant
  }
  return undefined
}

/** The oldest first. */
export const keptReleases = (folder: string): KeptRelease[] =>
  releaseFiles(folder).flatMap((file) => readKept(file) ?? [])

/** Undefined: a power cut left half of it. It says nothing, and takes nothing along. */
function readKept(file: string): KeptRelease | undefined {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text) as KeptRelease
  } catch {
    return undefined
  }
}
