import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Fault } from '@copse/contracts'

const bytes = 32

/** Kept beside the conversations that it protects, so that what was signed holds over restarts. */
export async function keptKey(dataPath: string, name: 'visitor' | 'link'): Promise<Uint8Array> {
  const file = path.join(dataPath, `${name}.key`)
  const kept = await readFile(file).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw new Fault('data_unwritable', { detail: file, cause: error })
  })
  if (kept?.length === bytes) return kept
  const made = randomBytes(bytes)
  await writeFile(file, made, { mode: 0o600 })
  return made
}
