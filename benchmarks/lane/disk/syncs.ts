import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface Syncs {
  /** Overwrites of 16 KB a second, each with its fdatasync: what the disk allows anybody. */
  perS: number
  p50Ms: number
}

const bytes = 16 * 1024
const places = 64

/** Takes the disk for so long, in this folder, in this thread. */
export function measureSyncs(folder: string, forMs: number): Syncs {
  const file = openSync(join(folder, 'syncs'), 'w')
  const page = Buffer.alloc(bytes, 1)
  for (let at = 0; at < places; at++) writeSync(file, page, 0, bytes, at * bytes)
  fdatasyncSync(file)
  const found: number[] = []
  const start = performance.now()
  let before = start
  while (before - start < forMs) {
    writeSync(file, page, 0, bytes, (found.length % places) * bytes)
    fdatasyncSync(file)
    const after = performance.now()
    found.push(after - before)
    before = after
  }
  closeSync(file)
  found.sort((a, b) => a - b)
  return { perS: (found.length * 1000) / (before - start), p50Ms: found[found.length >> 1]! }
}
