/**
 * `pnpm bench <folder>`, from a fresh clone and on whatever Node the machine has: installs the house and then the
 * folder's own peers where that was not done yet, and hands over to the Node that comes with the project. Says nothing
 * on standard output.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const [folder, ...rest] = process.argv.slice(2)

const makefile = readFileSync(join(root, 'Makefile'), 'utf8')
const pnpm = /pnpm@[\d.]+/.exec(makefile)?.[0]
if (pnpm === undefined) stop('The Makefile names no pnpm version any more; say in benchmarks/bench.js where it is.')

if (folder === undefined || !existsSync(join(import.meta.dirname, folder, 'all.ts'))) {
  stop('Say which benchmarks to run: pnpm bench engine|lane|authoring [--json] [--quick] [--only P1,P3]')
}
const node = join(root, 'node_modules/.bin/node')
const peers = join(import.meta.dirname, folder)
const installed = join(peers, 'node_modules/.copse-installed')
if (!existsSync(node)) install(root)
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(join(peers, 'pnpm-lock.yaml')).mtimeMs) {
  install(peers)
  writeFileSync(installed, '')
}

const main = join(import.meta.dirname, 'harness/main.ts')
process.exitCode = spawnSync(node, [main, folder, ...rest], { stdio: 'inherit' }).status ?? 1

/** @param {string} directory with a lockfile of its own */
function install(directory) {
  const run = spawnSync('npx', ['--yes', /** @type {string} */ (pnpm), 'install', '--frozen-lockfile'], {
    cwd: directory,
    encoding: 'utf8',
  })
  if (run.status !== 0) stop(`${run.stdout}${run.stderr}\n${directory} could not be installed; see above.`)
}

/** @param {string} why @returns {never} */
function stop(why) {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}
