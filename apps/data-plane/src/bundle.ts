/** Starts the bundle. What was compiled once is not compiled again, by any tenant's process that shares this folder. */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

// Where nothing can be written, in an image say, there is no cache or the one that was made with it.
enableCompileCache(join(import.meta.dirname, 'compiled'))
// Read when zod is loaded. To write and compile a function per shape takes longer than the few parses of most tenants.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
// By a variable, so that it stays a file of its own: it is compiled after the line above.
const main = './main.mjs'
await import(main)
flushCompileCache()
