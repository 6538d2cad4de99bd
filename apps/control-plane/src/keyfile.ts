import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@copse/contracts'

export interface KeyFile {
  name: string
  create: () => string
  /** What a file with the key in it looks like: half a file must not pass for a key. */
  pattern: RegExp
}

/** A key that was not given lives in the data folder, readable by its owner only, made at first boot. */
export function readOrCreateKey(folder: string, { name, create, pattern }: KeyFile): string {
  const file = join(folder, name)
  const key = reach(file, () => {
    writeOnce(file, create)
    return readFileSync(file, 'utf8').trim()
  })
  if (pattern.test(key)) return key
  throw new Fault('config_invalid', { detail: `${file} does not hold a whole key. Put back the one that it held.` })
}

/** Written beside and linked: a crash leaves no key or a whole one, and who came first stays. */
function writeOnce(file: string, create: () => string): void {
  const beside = `${file}.${process.pid}.new`
  try {
    readFileSync(file)
    return
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  try {
    writeFileSync(beside, `${create()}\n`, { mode: 0o600, flush: true })
    linkSync(beside, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(beside, { force: true })
  }
}

function reach<T>(file: string, attempt: () => T): T {
  try {
    return attempt()
  } catch (cause) {
    throw new Fault('data_unwritable', { detail: `${file} (${codeOf(cause)})`, cause })
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code
