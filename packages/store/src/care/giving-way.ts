import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { sync } from './files.ts'

/** Of a restore under way; `replaced-` once it is done. */
const begun = 'replacing-'

const ours = /^replacing-\d{4}-\d\d-\d\dT[\d-]+\.\d{3}Z$/

/** Also of what a restore that was cut off leaves: nothing may start from what stands beside it. */
export const isGivingWay = (name: string): boolean => ours.test(name)

export const placeAside = (folder: string, now: number): string =>
  path.join(folder, `${begun}${new Date(now).toISOString().replaceAll(':', '-')}`)

/** The database first: none is there without its log. */
export async function moveAside(folder: string, names: readonly string[], aside: string): Promise<void> {
  await mkdir(aside, { mode: 0o700 })
  for (const name of names) await rename(path.join(folder, name), path.join(aside, name))
  await sync(aside)
}

/** What came is in its place. Where to find what was there; undefined when nothing was. */
export async function finish(aside: string): Promise<string | undefined> {
  const names = await readdir(aside).catch(() => undefined)
  if (!names) return undefined
  const done = path.join(path.dirname(aside), path.basename(aside).replace(begun, 'replaced-'))
  // A clock that was set back says the same twice.
  let replaced = done
  for (let more = 2; existsSync(replaced); more++) replaced = `${done}-${more}`
  await rename(aside, replaced)
  return replaced
}

/**
 * After a restore that was cut off: puts back what it had put aside, as if it had not begun, or ends one that was done.
 * Answers which folders went where.
 */
export async function settleCutOff(folder: string, database: string): Promise<Map<string, string>> {
  const moved = new Map<string, string>()
  for (const name of (await readdir(folder)).filter(isGivingWay)) {
    const aside = path.join(folder, name)
    const names = await readdir(aside)
    // It is the first that goes and the last that comes back: beside it, what is aside has been replaced.
    const isDone = names.length > 0 && (await readdir(folder)).includes(database)
    if (isDone) moved.set(path.resolve(aside), (await finish(aside))!)
    else {
      // The database last: while it is not there, nothing starts.
      const back = [...names.filter((each) => each !== database), ...names.filter((each) => each === database)]
      for (const each of back) await rename(path.join(aside, each), path.join(folder, each))
      await sync(folder)
      await rmdir(aside)
      moved.set(path.resolve(aside), folder)
    }
  }
  return moved
}
