import { open as openFile, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { bundle as bundleSchema, Fault, type Bootstrap } from '@copse/contracts'
import { bundleFile } from '@copse/store'
import { deriveKey, open, seal } from '@copse/vault'
import { z } from 'zod'
import { program } from './program.ts'

/** `checkedBy`: the program that saved it. */
const saved = z.strictObject({ etag: z.string(), bundle: bundleSchema, checkedBy: z.string().optional() })
export type SavedBundle = Pick<z.infer<typeof saved>, 'etag' | 'bundle'>

/**
 * The last good bundle, sealed with a key that only the holder of the bootstrap token can derive: the volume alone
 * gives no credential away.
 */
export function createSavedBundle(dataPath: string, { tenantId, token }: Bootstrap, reader = program) {
  const file = path.join(dataPath, bundleFile)
  const key = deriveKey(token, 'saved-bundle')
  const place = `saved-bundle|${tenantId}`
  return {
    async read(): Promise<SavedBundle | undefined> {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if ((error as { code?: string }).code === 'ENOENT') return undefined
        throw new Fault('bundle_invalid', { detail: file, cause: error })
      })
      if (text === undefined) return undefined
      try {
        const found = JSON.parse(open(key, text, place).toString('utf8')) as z.input<typeof saved>
        // Nobody else can have sealed it. Only another program may know other fields than these.
        const isChecked = reader !== undefined && found.checkedBy === reader
        const { etag, bundle } = isChecked ? (found as z.infer<typeof saved>) : saved.parse(found)
        return { etag, bundle }
      } catch (error) {
        throw new Fault('bundle_invalid', { detail: file, cause: error })
      }
    },
    /** Written beside and renamed, so that a crash leaves the old one or the new one, never half of one. */
    async write(next: SavedBundle): Promise<void> {
      const beside = `${file}.new`
      const handle = await openFile(beside, 'w', 0o600)
      try {
        await handle.writeFile(seal(key, JSON.stringify({ ...next, checkedBy: reader }), place))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(beside, file)
    },
  }
}
