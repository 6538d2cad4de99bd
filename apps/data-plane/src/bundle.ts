/**
 * Starts the bundle. What was compiled once is not compiled again, by any tenant's process that shares this folder. The
 * runtime's own cache is made when a file is loaded, and so holds none of the functions that run after that, which at a
 * start is nearly all of them; this one is made when the process is ready.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { program } from './boot/program.ts'

type Wrapped = (exports: object, require: (name: string) => unknown, module: { exports: object }, url: string) => void

const here = import.meta.dirname
// The engine itself refuses what another version of it, or one with other flags, has compiled.
const compiled = join(here, 'compiled', `${program}-${process.version}-${process.arch}`)
const requireFile = createRequire(import.meta.url)
const loaded = new Map<string, { exports: object }>()
const fresh = new Map<string, Script>()

/** Undefined: it is not there. */
function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** As `require`, for the files of the bundle and the runtime's own parts. */
function load(name: string): unknown {
  if (!name.endsWith('.cjs')) return process.getBuiltinModule(name) ?? requireFile(name)
  const known = loaded.get(name)
  if (known) return known.exports
  const module = { exports: {} }
  loaded.set(name, module)
  const filename = join(here, name)
  const cachedData = read(join(compiled, name))
  // All its characters are of one byte: the bundler sees to it, since one larger would double what the text takes.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData ? { cachedData } : {}) })
  if (script.cachedDataRejected !== false) fresh.set(name, script)
  ;(script.runInThisContext() as Wrapped)(module.exports, load, module, pathToFileURL(filename).href)
  return module.exports
}

/** Where nothing can be written, in an image say, there is no cache or the one that was made with it. */
function keep(): void {
  try {
    mkdirSync(compiled, { recursive: true })
    for (const [name, script] of fresh) {
      const beside = join(compiled, `${name}.${process.pid}`)
      writeFileSync(beside, script.createCachedData())
      renameSync(beside, join(compiled, name))
    }
  } catch {
    // The next start compiles again.
  }
}

// Read when zod is loaded. To write and compile a function per shape takes longer than the few parses of most tenants.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
await (load('./main.cjs') as typeof import('./main.ts')).started
keep()
