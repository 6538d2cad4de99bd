/**
 * `make`: the data plane as a tenant's process loads it, in apps/data-plane/dist or the folder that is given. What not
 * every tenant needs is in chunks of its own. Only the database driver, which is native, stays a package. Tests give
 * another file to begin with, which can be killed at a point.
 */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { build, transform, type BuildOptions, type Plugin } from 'esbuild'
import { schemasAtFirstUse } from './bundle/schemas-at-first-use.ts'

const root = join(import.meta.dirname, '..')
const app = join(root, 'apps/data-plane')
const dist = resolve(process.argv[2] ?? join(app, 'dist'))
const main = resolve(process.argv[3] ?? join(app, 'src/main.ts'))

/** zod brings its own sentences in fifty languages; ours are English. */
const inEnglish: Plugin = {
  name: 'in-english',
  setup: (bundling) =>
    bundling.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    })),
}

/**
 * An `import` of a part of the runtime reads each of its exports, some of which load as much again: `fetch` behind http,
 * a second cryptography behind crypto. Asked for by `require`, only what is named is read.
 */
const runtimeByRequire: Plugin = {
  name: 'runtime-by-require',
  setup(bundling) {
    bundling.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'by-require' } : undefined,
    )
    bundling.onLoad({ filter: /./, namespace: 'by-require' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path) as object).filter(
        (name) => /^[a-z]\w*$/i.test(name) && name !== 'default',
      )
      const each = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => part.${name})()`)
      return { contents: [`const part = require('${path}')`, 'export default part', ...each].join('\n') }
    })
  },
}

/** What Fastify asks for at its start and a tenant hardly ever comes to: it is loaded at its first use. */
const atFirstUse: Plugin = {
  name: 'at-first-use',
  setup(bundling) {
    bundling.onResolve({ filter: /^(node:http2|node:https|semver|@fastify\/proxy-addr)$/ }, ({ path, importer }) =>
      importer.includes('/fastify/lib/')
        ? { path, namespace: 'at-first-use', pluginData: dirname(importer) }
        : undefined,
    )
    bundling.onLoad({ filter: /./, namespace: 'at-first-use' }, ({ path, pluginData }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] })`,
      resolveDir: pluginData as string,
    }))
  },
}

/** What Fastify has for those who give it schemas, its own log or requests without a network. */
const neverUsed: Plugin = {
  name: 'never-used',
  setup(bundling) {
    const names = /^(pino|light-my-request|@fastify\/(ajv|fast-json-stringify)-compiler)$/
    bundling.onResolve({ filter: names }, ({ path, importer }) =>
      importer.includes('/fastify/') ? { path, namespace: 'never-used' } : undefined,
    )
    bundling.onLoad({ filter: /./, namespace: 'never-used' }, ({ path }) => ({
      contents: `throw new Error('${path} is not part of the bundle')`,
    }))
  },
}

/** Only the native part of the driver is looked for in its package: a dozen small files fewer to find and read. */
const nativeAlone: Plugin = {
  name: 'native-alone',
  setup: (bundling) =>
    bundling.onLoad({ filter: /\/better-sqlite3\/lib\/binding\.js$/ }, () => ({
      contents: `import { createRequire } from 'node:module'
        import { join } from 'node:path'
        const require = createRequire(import.meta.url)
        export const getBinding = () => require(join(require.resolve('better-sqlite3'), '../binding.js')).getBinding()`,
    })),
}

/** A program that was made of anything else is another one. */
function programOf(): string {
  const hash = createHash('sha256')
  const parts = ['packages/*/src/**/*.ts', 'apps/data-plane/src/**/*.ts', 'scripts/{,bundle/}*.ts', 'pnpm-lock.yaml']
  for (const file of globSync(parts, { cwd: root }).toSorted()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('base64url').slice(0, 22)
}

/**
 * Packages that some tenants use and that know nothing of ours, with the folder that each is found from. Bundled together
 * with the rest, what both ask of the runtime would be in a dozen files between them, which every start would look for.
 */
const apart = { '@anthropic-ai/sdk': 'packages/llm', nodemailer: 'packages/notify', re2js: 'packages/llm' }
const fileOf = (name: string): string => name.replaceAll(/\W+/g, '-').replace(/^-/, '')

const leftApart: Plugin = {
  name: 'left-apart',
  setup(bundling) {
    bundling.onResolve({ filter: new RegExp(`^(${Object.keys(apart).join('|')})$`) }, ({ path, kind }) =>
      kind === 'import-statement'
        ? { path, namespace: 'left-apart' }
        : { path: `./${fileOf(path)}.mjs`, external: true },
    )
    bundling.onResolve({ filter: /./, namespace: 'left-apart' }, ({ path }) => ({ path, external: true }))
    // What is asked for by name stands there at once, and is loaded when it is used.
    bundling.onLoad({ filter: /./, namespace: 'left-apart' }, async ({ path }) => {
      const from = join(root, apart[path as keyof typeof apart], 'package.json')
      const names = Object.keys((await import(createRequire(from).resolve(path))) as object).filter((name) =>
        /^[A-Z]\w+$/.test(name),
      )
      const loaded = `require('./${fileOf(path)}.mjs')`
      return {
        contents: names
          .map((name) => `export const ${name} = new Proxy(() => {}, { get: (_, key) => ${loaded}.${name}[key] })`)
          .join('\n'),
      }
    })
  },
}

const given = {
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Names stay: to give them back to what was renamed is work at every start.
  minifyWhitespace: true,
  minifySyntax: true,
  define: { 'globalThis.copseProgram': JSON.stringify(programOf()) },
  logLevel: 'warning',
} satisfies BuildOptions

/** Packages in the older format ask for the runtime's own modules by `require`. */
const banner = { js: 'const require = process.getBuiltinModule;' }

/**
 * As `load` of src/bundle.ts takes it: a function, and of characters of one byte. The bundler leaves others in patterns
 * alone, literal or `String.raw`, and there an escape means the same.
 */
async function asScript(text: string): Promise<string> {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
  })
  const escaped = code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `(function (exports, require, module, moduleUrl) {${escaped}\n})`
}

// Over what is there: a process that runs may still ask for a chunk of its own.
const { metafile, outputFiles } = await build({
  ...given,
  entryPoints: [{ in: main, out: 'main' }],
  outExtension: { '.js': '.cjs' },
  chunkNames: '[name]-[hash]',
  splitting: true,
  define: { ...given.define, 'import.meta.url': 'moduleUrl' },
  plugins: [inEnglish, leftApart, schemasAtFirstUse, atFirstUse, neverUsed, nativeAlone, runtimeByRequire],
  metafile: true,
  write: false,
})
await mkdir(dist, { recursive: true })
for (const { path, text } of outputFiles) await writeFile(path, await asScript(text))
await build({
  ...given,
  entryPoints: [{ in: join(app, 'src/bundle.ts'), out: 'data-plane' }],
  outExtension: { '.js': '.mjs' },
  banner,
  plugins: [runtimeByRequire],
})
for (const [name, folder] of Object.entries(apart)) {
  const built = await build({
    ...given,
    absWorkingDir: join(root, folder),
    entryPoints: [{ in: name, out: fileOf(name) }],
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    splitting: true,
    banner,
    plugins: [runtimeByRequire],
    metafile: true,
  })
  Object.assign(metafile.outputs, built.metafile.outputs)
}
await cp(join(app, 'src/http/chat'), join(dist, 'chat'), { recursive: true })
await writeFile(join(dist, 'chunks.json'), JSON.stringify(metafile.outputs))
