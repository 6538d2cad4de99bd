import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key that was not given lives in the data folder, readable by its owner only, made at first boot. */
export function readOrCreateKey(folder: string, name: string, create: () => string): string {
  const file = join(folder, name)
  try {
    writeFileSync(file, `${create()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
