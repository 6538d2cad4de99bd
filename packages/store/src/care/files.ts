import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import path from 'node:path'

/** Piece by piece: the file may be larger than memory. */
export async function sha256Of(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { sha256: hash.digest('hex'), bytes }
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
