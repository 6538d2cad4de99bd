import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tmpfs = 0x01021994

/** A folder on a real disk: what is kept in memory is synced for nothing. */
export function openFolder(): { folder: string; remove(): void } {
  const onDisk = statfsSync(tmpdir()).type !== tmpfs
  const folder = mkdtempSync(join(onDisk ? tmpdir() : join(import.meta.dirname, '../node_modules'), 'copse-bench-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
