import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger, type Bundle } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBootServer, type BootServer } from './testing/boot-server.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'
import { toyRelease } from './testing/rig.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }
const token = `copse_boot_${'k'.repeat(43)}`
const bundleOf = (number: number): Bundle => ({
  release: { ...toyRelease, digest: `toy ${number}`, number },
  credentials: {},
})

let folder: string
let server: BootServer
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copse-over-'))
  server = await openBootServer(token)
  server.serve(bundleOf(1), 'one')
  const bootstrap = { controlPlaneUrl: server.url, tenantId: 'toy', token }
  await writeFile(path.join(folder, 'bootstrap.json'), JSON.stringify(bootstrap))
})
afterEach(async () => {
  await server.down().catch(() => {})
  await rm(folder, { recursive: true })
})

const boot = () =>
  bootFrom(
    { kind: 'control-plane', bootstrapPath: path.join(folder, 'bootstrap.json') },
    { dataPath: path.join(folder, 'data'), pollMs: 20 },
  )

test('a process that stops takes nothing more at once, though the control plane hangs', async () => {
  const hangs = Promise.withResolvers<void>()
  const plane = await startPlane({ ...(await boot()), watch: () => () => hangs.promise })
  const closing = plane.close()
  await expect.poll(() => ask(plane, '/healthz').catch(() => 'refused'), soon).toBe('refused')
  hangs.resolve()
  await closing
})

test('who stood by goes on with the release that was taken meanwhile, also while the control plane is down', async () => {
  const first = await startPlane(await boot())
  const waits = Promise.withResolvers<void>()
  const stoodBy = startPlane(await boot(), {
    again: boot,
    standBy: new AbortController().signal,
    logger: { ...silentLogger, info: () => waits.resolve() },
  })
  await waits.promise
  server.serve(bundleOf(2), 'two')
  const running = async () => (await ask<{ release: { number: number } }>(first, '/internal/status')).release.number
  await expect.poll(running, soon).toBe(2)
  await expect
    .poll(async () => (await boot()).lastGood?.release.number ?? (await boot()).bundle.release.number, soon)
    .toBe(2)
  await server.down()
  await first.close()
  const second = await stoodBy
  expect(await ask(second, '/internal/status')).toMatchObject({ release: { number: 2 } })
  await second.close()
  expect((await boot()).bundle.release.number).toBe(2)
})
