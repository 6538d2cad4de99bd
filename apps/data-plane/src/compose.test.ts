import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomIds, type Bundle } from '@copse/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataPlane } from './compose.ts'
import type { Source } from './config.ts'
import { openBootServer, type BootServer } from './testing/boot-server.ts'
import { greetProcedure, writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }
const token = `copse_boot_${'k'.repeat(43)}`

let folder: string
let controlPlane: BootServer
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copse-compose-'))
  controlPlane = await openBootServer(token)
  const bootstrap = { controlPlaneUrl: controlPlane.url, tenantId: 'toy', token }
  await writeFile(path.join(folder, 'bootstrap.json'), JSON.stringify(bootstrap))
})
afterAll(() => rm(folder, { recursive: true }))

const bootHere = (source: Source) => bootFrom(source, { dataPath: path.join(folder, source.kind), pollMs: 20 })

/** What the control plane would have frozen. */
async function released(number: number, farewell: string): Promise<Bundle> {
  const tenant = await writeTenant({ 'greet.yaml': greetProcedure(farewell) })
  const { bundle } = await bootHere({ kind: 'local', configPath: tenant.file })
  await tenant.remove()
  return { ...bundle, release: { ...bundle.release, number } }
}

const start = async (): Promise<DataPlane> =>
  startPlane(await bootHere({ kind: 'control-plane', bootstrapPath: path.join(folder, 'bootstrap.json') }))

const say = (plane: DataPlane, user_id: string, message: string) =>
  ask<Record<string, unknown>>(plane, '/api/chat', { user_id, message })

test('a tenant needs nobody: it takes good releases while it runs, refuses a broken one, and goes on and restarts while the control plane is down', async () => {
  controlPlane.serve(await released(1, 'One, {{name}}.'), 'one')
  const first = await start()
  await say(first, 'running', 'hello')

  controlPlane.serve(await released(2, 'Two, {{name}}.'), 'two')
  const newcomer = async (): Promise<unknown> => {
    const user = randomIds.newId()
    await say(first, user, 'hello')
    return (await say(first, user, 'Ana'))['response']
  }
  await expect.poll(newcomer, soon).toBe('Two, Ana.')

  const broken = await released(3, 'Three, {{name}}.')
  broken.release.procedures[0]!.tree = { v: 1, id: 'greet', version: '1', root: { op: 'no such node' } }
  const before = controlPlane.asked()
  controlPlane.serve(broken, 'broken')
  await expect.poll(() => controlPlane.asked(), soon).toBeGreaterThan(before + 2)
  expect(await newcomer()).toBe('Two, Ana.')

  await first.close()
  const restarted = await start()
  expect(await say(restarted, 'again', 'hello')).toMatchObject({ status: 'waiting' })
  expect(await say(restarted, 'again', 'Eva')).toMatchObject({ response: 'Two, Eva.' })

  await controlPlane.down()
  await say(restarted, 'alone', 'hello')
  expect(await say(restarted, 'alone', 'Ana')).toMatchObject({ response: 'Two, Ana.' })
  await restarted.close()

  const second = await start()
  expect(await say(second, 'running', 'Zoe')).toMatchObject({ status: 'completed', response: 'One, Zoe.' })
  await say(second, 'fresh', 'hello')
  expect(await say(second, 'fresh', 'Max')).toMatchObject({ response: 'Two, Max.' })
  await second.close()
})
