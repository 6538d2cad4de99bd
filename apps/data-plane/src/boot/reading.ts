import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@copse/contracts'
import type { Source } from '@copse/procedures'

/** Files, with how each of them stood when it was read. */
export interface Reading {
  /** By path; folders as well. */
  stamps: ReadonlyMap<string, string>
  text(file: string): Promise<string>
  /** A folder stands for the procedures and flows in it, in order of their names; a file for itself. */
  proceduresAt(place: string): Promise<string[]>
  /** What procedures can name: all of their folders, and tables. */
  neighboursOf(files: readonly string[]): Promise<Source[]>
}

/** By their endings. Hidden ones are what editors and systems keep for themselves, also while a file is open. */
const begun = /^[^.].*\.(?:procedure|flow)\.ya?ml$/
const named = /^[^.].*\.(?:procedure\.ya?ml|table\.ya?ml|dmn)$/

/** `before`: what an earlier reading saw, so that one that ends half way still knows what to look at. */
export async function openReading(before: Iterable<string> = []): Promise<Reading> {
  const stamps = new Map<string, string>()
  // Always ahead of the reading itself: a change in between then shows as one.
  const note = async (place: string): Promise<void> => void stamps.set(place, await stampOf(place))
  for (const place of before) await note(place)
  const text = async (file: string): Promise<string> => {
    await note(file)
    return readFile(file, 'utf8').catch((error: unknown) => {
      const { code } = error as { code?: string }
      throw new Fault('config_invalid', {
        detail: `${path.relative('.', file)} cannot be read (${code}).`,
        cause: error,
      })
    })
  }
  return {
    stamps,
    text,
    async neighboursOf(files) {
      const folders = [...new Set(files.map((file) => path.dirname(file)))]
      for (const folder of folders) await note(folder)
      const found = folders.map(async (folder) =>
        (await namesIn(folder, named).catch(() => [])).map((name) => path.join(folder, name)),
      )

      const places = (await Promise.all(found)).flat().toSorted()
      return Promise.all(places.map(async (file) => ({ file: path.relative('.', file), text: await text(file) })))
    },
    async proceduresAt(place) {
      const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() ?? false
      if (!isFolder) return [place]
      await note(place)
      const names = await namesIn(place, begun)
      if (names.length > 0) return names.map((name) => path.join(place, name))
      const detail = `${path.relative('.', place)}: There is no *.procedure.yaml or *.flow.yaml in this folder.`
      throw new Fault('config_invalid', { detail })
    },
  }
}

const namesIn = async (folder: string, which: RegExp): Promise<string[]> =>
  (await readdir(folder)).filter((name) => which.test(name)).toSorted()

/** A folder is what can be read in it, whatever else comes and goes there. */
async function stampOf(place: string): Promise<string> {
  try {
    const found = await stat(place, { bigint: true })
    if (!found.isDirectory()) return `${found.ino} ${found.size} ${found.mtimeNs}`
    return JSON.stringify([await namesIn(place, begun), await namesIn(place, named)])
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}

/**
 * Reads again whenever what was read stands otherwise, once it has come to rest: an editor that saves, or a checkout of
 * many files, is one change. Looks instead of listening, since not every file system tells. Returns a stop.
 */
export function watchFiles(options: {
  reading: () => Reading
  everyMs: number
  readAgain: () => Promise<void>
}): () => Promise<void> {
  const { reading, everyMs, readAgain } = options
  const stopping = new AbortController()
  const loop = async (): Promise<void> => {
    for (let last = ''; ;) {
      await sleep(everyMs, undefined, { signal: stopping.signal })
      const { stamps } = reading()
      const now = JSON.stringify(await Promise.all([...stamps.keys()].map(stampOf)))
      const isAtRest = now === last
      last = now
      if (isAtRest && now !== JSON.stringify([...stamps.values()])) await readAgain()
    }
  }
  const watching = loop().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error
  })
  return () => {
    stopping.abort()
    return watching
  }
}
