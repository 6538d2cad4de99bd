import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const slowerByMs = 2

const source = join(import.meta.dirname, 'slow-syncs.c')
const library = join(import.meta.dirname, '../node_modules/.slow-syncs.so')

/** What a process needs in its environment so that each of its syncs takes 2 ms longer; or why there is none. */
export function slowDisk(): { env: Record<string, string> } | { missing: string } {
  if (!existsSync(library) || statSync(library).mtimeMs < statSync(source).mtimeMs) {
    const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl'], { encoding: 'utf8' })
    if (built.error) return { missing: 'there is no C compiler (cc) here to build the slow disk with' }
    if (built.status !== 0) return { missing: `cc could not build the slow disk: ${built.stderr}` }
  }
  return { env: { LD_PRELOAD: library, SLOW_SYNCS_US: String(slowerByMs * 1000) } }
}
