import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import type { Release } from '@copse/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBootServer, type BootServer } from '../../apps/data-plane/src/testing/boot-server.ts'
import { toyRelease } from '../../apps/data-plane/src/testing/rig.ts'
import { greetProcedure } from '../../apps/data-plane/src/testing/local-tenant.ts'
import { schemasOf } from '../../scripts/bundle/schemas-at-first-use.ts'
import { compileProcedure } from '@copse/procedures'
import type { Json } from '@copse/contracts'

/** A tenant's process pays only for what its release uses, and compiles nothing twice. */
const root = new URL('../../', import.meta.url).pathname
const token = `copse_boot_${'b'.repeat(43)}`
/** Where the native driver is found from. */
const bundle = join(root, 'apps/data-plane/node_modules/.bundle-under-test')
let folder: string
let server: BootServer

beforeAll(async () => {
  await rm(bundle, { recursive: true, force: true })
  await promisify(execFile)(process.execPath, [join(root, 'scripts/bundle.ts'), bundle])
  folder = await mkdtemp(join(tmpdir(), 'copse-bundle-'))
  server = await openBootServer(token)
  await writeFile(
    join(folder, 'bootstrap.json'),
    JSON.stringify({ controlPlaneUrl: server.url, tenantId: 'toy', token }),
  )
})
afterAll(async () => {
  await server.down()
  await rm(folder, { recursive: true, force: true })
  await rm(bundle, { recursive: true, force: true })
})

function releaseOf(source: string): Release {
  const compiled = compileProcedure(source, { operations: {} })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const { dialect: _, tree, ...procedure } = compiled.procedure
  return { ...toyRelease, procedures: [{ ...procedure, number: 1, source, tree: tree as unknown as Json }] }
}
const plain = releaseOf(greetProcedure())

/** At its end the process says which parts of the runtime it loaded, which files of packages, and whether it read zones. */
const tellParts = `
  import { registerHooks } from 'node:module'
  const files = []
  registerHooks({ load: (url, context, next) => (files.push(url), next(url, context)) })
  Intl.DateTimeFormat = class extends Intl.DateTimeFormat {
    constructor(...given) {
      super(...given)
      files.push('data of time zones')
    }
  }
  process.on('exit', () => console.log([...process.moduleLoadList, ...files].join('\\n')))`

interface Given {
  credentials?: Record<string, string>
  /** What is asked of it once it is ready, at its private address. */
  ask?: (address: string) => Promise<void>
}

/** Starts the bundle on this release until it is ready; what it says. */
async function start(release: Release, { credentials = {}, ask }: Given = {}): Promise<string> {
  server.serve({ release, credentials }, String(release.number))
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tellParts)}`, join(bundle, 'data-plane.mjs')],
    {
      env: {
        COPSE_BOOTSTRAP: join(folder, 'bootstrap.json'),
        COPSE_DATA: join(folder, 'data'),
        PORT: '0',
        PRIVATE_PORT: '0',
      },
    },
  )
  let said = ''
  const ready = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('"ready"')) ready.resolve()
    })
  }
  const ended = once(child, 'exit')
  await Promise.race([ready.promise, ended])
  try {
    await ask?.(`http://127.0.0.1:${/"privatePort":(\d+)/.exec(said)?.[1]}`)
  } finally {
    child.kill('SIGTERM')
  }
  await ended
  expect(child.exitCode, said).toBe(0)
  return said
}

/** Where what was compiled is kept, a file for each of the bundle that was loaded. */
const compiled = join(bundle, 'compiled')
const kept = async (): Promise<string[]> =>
  (await readdir(compiled, { recursive: true }))
    .filter((name) => name.endsWith('.cjs'))
    .map((name) => join(compiled, name))

/** What was in the files of the bundle that a start loads: our own sources, and packages by their folders. */
async function contentsOf(...given: Parameters<typeof start>): Promise<string> {
  await rm(compiled, { recursive: true, force: true })
  const said = await start(...given)
  const files = (await kept()).map((file) => basename(file))
  const chunks = JSON.parse(await readFile(join(bundle, 'chunks.json'), 'utf8')) as Record<
    string,
    { inputs: Record<string, unknown> }
  >
  const loaded = Object.entries(chunks).filter(
    ([file]) => files.includes(basename(file)) || said.includes(basename(file)),
  )
  return loaded.flatMap(([, { inputs }]) => Object.keys(inputs)).join('\n')
}

it('loads neither compiler, model SDK nor channel for a tenant that uses none', async () => {
  const contents = await contentsOf(plain)
  expect(contents).toContain('apps/data-plane/src/compose.ts')
  for (const spared of ['node_modules/yaml/', 'packages/procedures/', '@anthropic-ai/sdk/', 'src/whatsapp/send.ts'])
    expect(contents).not.toContain(spared)
})

it('does without the parts of the runtime that are large and not for every tenant', async () => {
  const said = await start(plain)
  expect(said).toMatch(/NativeModule http$/m)
  for (const spared of ['internal/deps/undici', 'internal/http2', 'NativeModule tls'])
    expect(said).not.toContain(spared)
})

it('reads no time zones when it is started again: they are 8 MB, and its nightly work is planned already', async () => {
  const { tenant } = plain
  const spanish = {
    ...plain,
    number: 6,
    tenant: { ...tenant, profile: { ...tenant.profile, timeZone: 'Europe/Madrid' } },
  }
  expect(await start(spanish)).toContain('data of time zones')
  expect(await start(spanish)).not.toContain('data of time zones')
})

it('loads the channel that a binding asks for', async () => {
  const config = { phoneNumberId: '1122334455667' }
  const channels = [{ name: 'shop', type: 'whatsapp', config, credential: 'meta' }]
  const meta = JSON.stringify({
    accessToken: 'a-token',
    appSecret: 'the-secret-of-the-app',
    verifyToken: 'our-own-word',
  })
  const contents = await contentsOf({ ...plain, number: 2, channels }, { credentials: { meta } })
  expect(contents).toContain('src/whatsapp/send.ts')
})

const speaksWith = (address: string) => async (body: object) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return (await fetch(`${address}/api/chat`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

it('finds what an author gave a pattern for, with the engine that is loaded only then', async () => {
  const source = greetProcedure().replace('type: text,', "type: text, pattern: 'ORD-\\d+',")
  const ask = async (address: string) => {
    const say = speaksWith(address)
    await say({ user_id: 'bob', message: 'hello' })
    expect(await say({ user_id: 'bob', message: 'well, ord-123 it is' })).toMatchObject({
      response: 'Thank you, ORD-123.',
    })
  }
  expect(await start({ ...releaseOf(source), number: 5 }, { ask })).toContain('/re2js.mjs')
  expect(await start(plain)).not.toContain('/re2js.mjs')
})

it('holds a conversation, and refuses what is none, as the sources do', async () => {
  const ask = async (address: string) => {
    const say = speaksWith(address)
    expect(await say({ user_id: 'ann', message: 'hello' })).toMatchObject({ response: 'What is your name?' })
    expect(await say({ user_id: 'ann', message: 'Zoë O’Neil 👍' })).toMatchObject({
      response: 'Thank you, Zoë O’Neil 👍.',
      status: 'completed',
    })
    expect(await say({ user_id: 'ann', massage: 'hello' })).toMatchObject({ code: 'body_invalid' })
  }
  await start(plain, { ask })
})

it('has beside it the packages that some tenants use', async () => {
  const { default: Sdk } = (await import(join(bundle, 'anthropic-ai-sdk.mjs'))) as {
    default: new (o: object) => object
  }
  expect(new Sdk({ apiKey: 'none' })).toHaveProperty('messages')
  expect(await import(join(bundle, 'nodemailer.mjs'))).toHaveProperty('createTransport')
})

it('builds a schema when it is used, and nothing else of a file', () => {
  const text = `import { z } from 'zod'
    export const name = z.string().min(1)
    export const shape: z.ZodType<Shape> = z.strictObject({ name, more: z.int() }).refine((it) => z.int().safeParse(it))
    export const partly = shape.extend({ and: name })
    export const described = z.toJSONSchema(shape)
    export const later = () => z.string()
    export const node = define({ op: 'wait', config: z.object({ name }) })`
  expect(schemasOf(text).map(({ from, to }) => text.slice(from, to))).toEqual([
    'z.string().min(1)',
    'z.strictObject({ name, more: z.int() }).refine((it) => z.int().safeParse(it))',
    'shape.extend({ and: name })',
    'z.object({ name })',
  ])
})

it('compiles nothing that was compiled before, with all that a start runs', async () => {
  const looks = async () =>
    Object.fromEntries(await Promise.all((await kept()).map(async (file) => [file, (await stat(file)).mtimeMs])))
  await rm(compiled, { recursive: true, force: true })
  await start({ ...plain, number: 3 })
  const before = await looks()
  expect(Object.keys(before).map((file) => basename(file))).toContain('main.cjs')
  const main = (await kept()).find((file) => file.endsWith('main.cjs'))!
  const unused = new Script(await readFile(join(bundle, 'main.cjs'), 'latin1')).createCachedData()
  expect((await stat(main)).size).toBeGreaterThan(unused.length * 1.5)
  await start({ ...plain, number: 3 })
  expect(await looks()).toEqual(before)
})

it('starts where nothing can be written, and with what is no cache', async () => {
  await rm(compiled, { recursive: true, force: true })
  await writeFile(compiled, 'in its place')
  expect(await start(plain)).toContain('"ready"')
  await rm(compiled)
  await start(plain)
  for (const file of await kept()) await writeFile(file, 'no cache')
  expect(await start(plain)).toContain('"ready"')
})

it('builds no tree at its start that it has built before: what is under its hash is kept', async () => {
  await start(plain)
  const procedures = plain.procedures.map((one) => ({ ...one, tree: { root: { op: 'no such node' } } }))
  expect(await start({ ...plain, number: 4, procedures })).toContain('"ready"')
})
