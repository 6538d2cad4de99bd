import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Fault, silentLogger, type Bundle, type Logger } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBootServer, type BootServer } from '../testing/boot-server.ts'
import { bootFrom } from '../testing/plane.ts'
import { toyRelease } from '../testing/rig.ts'
import { createSavedBundle } from './saved-bundle.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }

const token = `copse_boot_${'k'.repeat(43)}`
const secret = 'sk-the-value-that-must-stay-sealed'

let folder: string
let server: BootServer
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copse-boot-'))
  server = await openBootServer(token)
  server.serve(bundleOf(1), 'one')
  await writeBootstrap({ token })
})
afterEach(async () => {
  await server.down().catch(() => {})
  await rm(folder, { recursive: true })
})

const bundleOf = (number: number): Bundle => ({ release: { ...toyRelease, number }, credentials: { model: secret } })
const writeBootstrap = (given: { token: string; tenantId?: string }) =>
  writeFile(
    path.join(folder, 'bootstrap.json'),
    JSON.stringify({ controlPlaneUrl: server.url, tenantId: 'toy', ...given }),
  )

const start = (logger?: Logger) =>
  bootFrom(
    { kind: 'control-plane', bootstrapPath: path.join(folder, 'bootstrap.json') },
    { dataPath: path.join(folder, 'data'), pollMs: 20, ...(logger && { logger }) },
  )

/** Takes each release that comes. */
function watched(boot: Awaited<ReturnType<typeof start>>) {
  const taken: number[] = []
  const stop = boot.watch(
    boot.bundle,
    async ({ release }) => void taken.push(release.number),
    () => {},
  )
  return { taken, stop }
}

/** Starts and runs until the bundle that it started with is kept. */
async function runOnce(): Promise<void> {
  const { stop } = watched(await start())
  await expect.poll(() => readdir(path.join(folder, 'data')), soon).toContain('bundle.sealed')
  await stop()
}

test('starts with what the control plane answers', async () => {
  expect((await start()).bundle).toEqual(bundleOf(1))
})

test('starts from the saved bundle while the control plane is down', async () => {
  await runOnce()
  await server.down()
  expect((await start()).bundle).toEqual(bundleOf(1))
})

test('starts from the saved bundle while the control plane fails or knows the token no more', async () => {
  await runOnce()
  for (const status of [500, 401, 404]) {
    server.fail(status)
    expect((await start()).bundle.release.number).toBe(1)
  }
})

test('a newer release than the saved one is taken at the start', async () => {
  await runOnce()
  server.serve(bundleOf(2), 'two')
  expect((await start()).bundle.release.number).toBe(2)
})

test('without an answer and without a saved bundle it does not start', async () => {
  await server.down()
  await expect(start()).rejects.toMatchObject({ code: 'control_plane_unreachable' })
})

test('a wrong token, an error and a bundle of another shape each say what happened', async () => {
  await writeBootstrap({ token: `copse_boot_${'x'.repeat(43)}` })
  await expect(start()).rejects.toMatchObject({ code: 'token_invalid' })
  await writeBootstrap({ token })
  server.fail(500)
  await expect(start()).rejects.toMatchObject({
    code: 'control_plane_unreachable',
    detail: expect.stringContaining('500'),
  })
  server.fail(undefined)
  server.serve({ release: 'none' }, 'bad')
  await expect(start()).rejects.toMatchObject({
    code: 'control_plane_unreachable',
    detail: expect.stringContaining('cannot read'),
  })
})

test('what is saved shows no secret, and opens for nobody else', async () => {
  await runOnce()
  const file = path.join(folder, 'data', 'bundle.sealed')
  expect(await readFile(file, 'utf8')).not.toContain(secret)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await server.down()
  await writeBootstrap({ token: `copse_boot_${'x'.repeat(43)}` })
  await expect(start()).rejects.toMatchObject({ code: 'bundle_invalid' })
  await writeBootstrap({ token, tenantId: 'another' })
  await expect(start()).rejects.toMatchObject({ code: 'bundle_invalid' })
})

test('what a program saved it does not check again, and another one does', async () => {
  const given = { controlPlaneUrl: server.url, tenantId: 'toy', token }
  const by = (program: string | undefined) => createSavedBundle(folder, given, program)
  const unknown = { etag: 'one', bundle: { ...bundleOf(1), more: 'that only the one knows' } }
  await by('this one').write(unknown)
  expect(await by('this one').read()).toEqual(unknown)
  await expect(by('another').read()).rejects.toMatchObject({ code: 'bundle_invalid' })
  await by(undefined).write(unknown)
  await expect(by(undefined).read()).rejects.toMatchObject({ code: 'bundle_invalid' })
})

test('a saved bundle that was damaged does not keep it from starting with a fresh one', async () => {
  await runOnce()
  await writeFile(path.join(folder, 'data', 'bundle.sealed'), 'half of it')
  const warned: unknown[] = []
  const logger: Logger = { ...silentLogger, warn: (...said: unknown[]) => void warned.push(said) }
  expect((await start(logger)).bundle.release.number).toBe(1)
  expect(warned).toMatchObject([[{ error: { code: 'bundle_invalid' } }, 'the saved bundle cannot be read']])
})

test('a release published meanwhile is handed over and kept; one that cannot be used is neither, and is asked for once', async () => {
  const booted = await start()
  const taken: number[] = []
  const stop = booted.watch(
    booted.bundle,
    async ({ release }) => {
      if (release.number === 2) throw new Error('a tree that cannot be built')
      taken.push(release.number)
    },
    () => {},
  )
  server.serve(bundleOf(2), 'two')
  const before = server.asked()
  await expect.poll(() => server.asked(), soon).toBeGreaterThan(before + 3)
  server.serve(bundleOf(3), 'three')
  await expect.poll(() => taken, soon).toEqual([3])
  await stop()
  await server.down()
  expect((await start()).bundle.release.number).toBe(3)
})

test('a release that only could not be stored is taken as soon as it can be', async () => {
  const booted = await start()
  const tried: number[] = []
  const stop = booted.watch(
    booted.bundle,
    async ({ release }) => {
      tried.push(release.number)
      if (tried.length < 3) throw new Fault('storage_failed', { detail: 'SQLITE_FULL' })
    },
    () => {},
  )
  server.serve(bundleOf(2), 'two')
  await expect.poll(() => tried, soon).toEqual([2, 2, 2])
  await stop()
})

test('a bundle that cannot be saved keeps nobody from the next release, and is saved once it can be', async () => {
  const booted = await start()
  const inTheWay = path.join(folder, 'data', 'bundle.sealed.new')
  await mkdir(inTheWay)
  const { taken, stop } = watched(booted)
  server.serve(bundleOf(2), 'two')
  await expect.poll(() => taken, soon).toEqual([2])
  await rm(inTheWay, { recursive: true })
  await expect.poll(() => readdir(path.join(folder, 'data')), soon).toContain('bundle.sealed')
  await stop()
  await server.down()
  expect((await start()).bundle.release.number).toBe(2)
})

test('a control plane that goes away and comes back is listened to again', async () => {
  const booted = await start()
  const { taken, stop } = watched(booted)
  expect(booted.silence?.()).toBeNull()
  await server.down()
  await expect.poll(() => booted.silence?.(), soon).toEqual({ since: expect.any(Number) as number, why: server.url })
  await server.up()
  await expect.poll(() => booted.silence?.(), soon).toBeNull()
  server.serve(bundleOf(4), 'four')
  await expect.poll(() => taken, soon).toEqual([4])
  await stop()
})

test('a control plane that moved is listened to where the bootstrap file says, also without a restart', async () => {
  const booted = await start()
  const { taken, stop } = watched(booted)
  await server.down()
  server = await openBootServer(token)
  server.serve(bundleOf(5), 'five')
  await writeBootstrap({ token })
  await expect.poll(() => taken, soon).toEqual([5])
  await stop()
})

test('a bootstrap file that is missing or is something else is named', async () => {
  await writeFile(path.join(folder, 'bootstrap.json'), '{}')
  await expect(start()).rejects.toMatchObject({
    code: 'config_invalid',
    detail: expect.stringContaining('bootstrap.json'),
  })
  await rm(path.join(folder, 'bootstrap.json'))
  await expect(start()).rejects.toMatchObject({ code: 'config_invalid', detail: expect.stringContaining('ENOENT') })
})
