/**
 * `make`: the data plane as a tenant's process loads it, in apps/data-plane/dist or the folder that is given. What not
 * every tenant needs is in chunks of its own. Only the database driver, which is native, stays a package.
 */
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

const app = join(import.meta.dirname, '../apps/data-plane')
const dist = process.argv[2] ?? join(app, 'dist')

/** zod brings its own sentences in fifty languages; ours are English. */
const inEnglish: Plugin = {
  name: 'in-english',
  setup: (bundling) =>
    bundling.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    })),
}

// Over what is there: a process that runs may still ask for a chunk of its own.
const { metafile } = await build({
  entryPoints: [
    { in: join(app, 'src/bundle.ts'), out: 'data-plane' },
    { in: join(app, 'src/main.ts'), out: 'main' },
  ],
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  keepNames: true,
  external: ['better-sqlite3'],
  // Packages in the older format ask for the runtime's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  plugins: [inEnglish],
  metafile: true,
  logLevel: 'warning',
})
await cp(join(app, 'src/http/chat'), join(dist, 'chat'), { recursive: true })
await writeFile(join(dist, 'chunks.json'), JSON.stringify(metafile.outputs))
