import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { inThread } from './thread.ts'

/** What a restore that was cut off leaves. */
export const unfinished = 'copse.db.restoring'

/** In a thread, and piece by piece: the file may be larger than memory. */
export const sha256Of = (file: string): Promise<{ sha256: string; bytes: number }> => inThread(hashIn, file)

function hashIn(_driver: unknown, file: string): { sha256: string; bytes: number } {
  const fs = process.getBuiltinModule('node:fs')
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  const handle = fs.openSync(file, 'r')
  try {
    let bytes = 0
    for (;;) {
      const size = fs.readSync(handle, piece)
      if (size === 0) return { sha256: hash.digest('hex'), bytes }
      hash.update(piece.subarray(0, size))
      bytes += size
    }
  } finally {
    fs.closeSync(handle)
  }
}

/** What was written to a file or to a folder's list of names survives power loss. */
export async function sync(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** From here on the file is there whole, under its name, or not at all. */
export async function putInPlace(from: string, to: string): Promise<void> {
  await sync(from)
  await rename(from, to)
  await sync(path.dirname(path.resolve(to)))
}
