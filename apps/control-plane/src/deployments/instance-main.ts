import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@copse/contracts'

const bundle = 'apps/data-plane/dist/data-plane.mjs'
const sources = 'apps/data-plane/src/main.ts'
/** What a bundle is made of. */
const parts = ['apps/data-plane/src/**/*', 'packages/*/src/**/*', 'pnpm-lock.yaml']

/**
 * The file that a tenant's process runs, in the house at `root`, and why this one. A bundle that is older than what it was
 * made of would run yesterday's program: in a checkout it is taken only while it is the newest.
 */
export function chooseInstanceMain(root: string, asked?: 'bundle' | 'sources'): { main: string; because: string } {
  if (asked !== undefined) {
    const main = join(root, asked === 'bundle' ? bundle : sources)
    if (!existsSync(main))
      throw new Fault('config_invalid', { detail: `COPSE_INSTANCE_FROM=${asked}, but ${main} is missing.` })
    return { main, because: 'COPSE_INSTANCE_FROM says so' }
  }
  if (!existsSync(join(root, sources))) return { main: join(root, bundle), because: 'there are no sources here' }
  if (!existsSync(join(root, bundle))) return { main: join(root, sources), because: 'nothing was bundled' }
  const bundledAt = statSync(join(root, bundle)).mtimeMs
  const newer = globSync(parts, { cwd: root, exclude: ['**/*.test.ts'] }).find((file) => {
    const found = statSync(join(root, file))
    return found.isFile() && found.mtimeMs > bundledAt
  })
  return newer === undefined
    ? { main: join(root, bundle), because: 'the bundle is newer than the sources' }
    : { main: join(root, sources), because: `${newer} is newer than the bundle` }
}
