import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { keptFolders } from '@copse/connectors'
import type { BackupReport, Clock, Store, TenantStatus } from '@copse/contracts'
import { releasesFolder } from '@copse/store'

/** Copies that this process makes by itself. Others in the folder are somebody's: they are never deleted. */
const ours = /^auto-(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)Z\.db$/
const unfinished = /\.partial(-journal|-wal|-shm)?$/

/** What stands beside the copies, under their names. */
const foldersBeside = [...keptFolders, releasesFolder]

const hourly = 24
const daily = 7

/** Takes a copy of its own, and then deletes those that newer ones replace. */
export async function takeBackup(store: Store, folder: string, clock: Clock): Promise<BackupReport> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // What a crash left: nobody else writes under these names.
  const copies = new Set((await namesIn(folder)).filter((name) => !unfinished.test(name)))
  for (const kind of ['.', ...foldersBeside]) {
    for (const name of await namesIn(path.join(folder, kind))) {
      if (name.startsWith('auto-') && !copies.has(name))
        await rm(path.join(folder, kind, name), { force: true, recursive: true })
    }
  }
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-')
  const copy = `auto-${stamp}Z.db`
  const report = await store.backup(path.join(folder, copy))
  // Those of a clock that ran ahead take no place of one that is right, until their time has come.
  for (const name of surplusOf((await readdir(folder)).filter((name) => name <= copy))) {
    for (const kind of ['.', ...foldersBeside])
      await rm(path.join(folder, kind, name), { force: true, recursive: true })
  }
  return report
}

/** Kept are the newest 24, and the newest of each of the last 7 days that have one. */
export function surplusOf(names: readonly string[]): string[] {
  const newestFirst = names
    .filter((name) => ours.test(name))
    .toSorted()
    .toReversed()
  const newestOfDay = new Map<string, string>()
  for (const name of newestFirst) {
    const day = ours.exec(name)?.[1] ?? ''
    if (!newestOfDay.has(day)) newestOfDay.set(day, name)
  }
  const kept = new Set([...newestFirst.slice(0, hourly), ...[...newestOfDay.values()].slice(0, daily)])
  return newestFirst.filter((name) => !kept.has(name))
}

/**
 * The newest copy in the folder, whoever asked for it. Those of a clock that ran ahead count once their time has come:
 * until then they would hide that none is made any more.
 */
export async function newestBackup(folder: string, now: number): Promise<TenantStatus['lastBackup']> {
  const names = (await namesIn(folder)).filter((name) => !foldersBeside.includes(name))
  const files = await Promise.all(names.filter((name) => !unfinished.test(name)).map((name) => look(folder, name)))
  return files.reduce(
    (newest, file) =>
      file === null || file.takenAt > now || (newest !== null && newest.takenAt >= file.takenAt) ? newest : file,
    null,
  )
}

/** Of our own, what their name says: a file that is touched, or brought from elsewhere, is as old as before. */
function takenAtOf(name: string): number | undefined {
  const [, day, time] = ours.exec(name) ?? []
  return day === undefined ? undefined : Date.parse(`${day}T${time!.replaceAll('-', ':')}Z`)
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** Null: it was deleted meanwhile. */
async function look(folder: string, name: string): Promise<TenantStatus['lastBackup']> {
  try {
    const { mtimeMs, size } = await stat(path.join(folder, name))
    return { name, takenAt: takenAtOf(name) ?? Math.floor(mtimeMs), bytes: size }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
