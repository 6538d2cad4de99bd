import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest, type Json, type Release } from '@copse/contracts'
import { compileProcedure } from '@copse/procedures'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DataPlane } from '../../apps/data-plane/src/compose.ts'
import { openBootServer, type BootServer } from '../../apps/data-plane/src/testing/boot-server.ts'
import { greetProcedure } from '../../apps/data-plane/src/testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from '../../apps/data-plane/src/testing/plane.ts'
import { copse } from './recorded-world.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }
const token = `copse_boot_${'k'.repeat(43)}`

function releaseOf(number: number, farewell: string): Release {
  const source = greetProcedure(farewell)
  const compiled = compileProcedure(source, { operations: {} })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const { dialect: _, tree, ...procedure } = compiled.procedure
  const content = {
    number,
    tenant: {
      id: 'toy',
      slug: 'toy',
      name: 'Toy',
      profile: { timeZone: 'UTC', languages: ['en'], openingHours: {}, holidays: [], variables: {} },
    },
    procedures: [{ ...procedure, number, source, tree: tree as unknown as Json }],
    connectors: [],
    channels: [],
    model: { provider: 'offline' as const },
  }
  return { digest: digest(content), ...content }
}

let root: string
let server: BootServer
let running: DataPlane | undefined
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'copse-drill-'))
  server = await openBootServer(token)
  server.serve({ release: releaseOf(1, 'Bye, {{name}}.'), credentials: {} }, 'one')
  mkdirSync(join(root, 'first'))
  const file = { controlPlaneUrl: server.url, tenantId: 'toy', token }
  writeFileSync(join(root, 'bootstrap.json'), JSON.stringify(file))
})
afterEach(async () => {
  await stop()
  await server.down().catch(() => {})
  rmSync(root, { recursive: true })
})

async function start(machine: string): Promise<DataPlane> {
  const source = { kind: 'control-plane' as const, bootstrapPath: join(root, 'bootstrap.json') }
  return (running = await startPlane(await bootFrom(source, { dataPath: join(root, machine, 'data'), pollMs: 20 })))
}
async function stop(): Promise<void> {
  await running?.close()
  running = undefined
}
const say = (user_id: string, message: string) =>
  ask<Record<string, unknown>>(running!, '/api/chat', { user_id, message })

async function workAndCopy(): Promise<string> {
  await start('first')
  expect(await say('ana', 'hello')).toMatchObject({ http: 200, status: 'waiting' })
  await expect.poll(() => readdirSync(join(root, 'first', 'data')), soon).toContain('bundle.sealed')
  expect(await ask(running!, '/internal/backup', { name: 'monday.db' })).toMatchObject({ http: 200 })
  return join(root, 'first', 'data', 'backups')
}

it('a backup is enough to go on with on an empty machine while the control plane is down', async () => {
  const backups = await workAndCopy()
  await stop()
  await server.down()
  cpSync(backups, join(root, 'carried'), { recursive: true })
  rmSync(join(root, 'first'), { recursive: true })

  const data = join(root, 'second', 'data')
  const restored = await copse('restore', join(root, 'carried', 'monday.db'), '--data', data)
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('while the control plane is down') })
  expect(statSync(join(data, 'bundle.sealed')).mode & 0o777).toBe(0o600)
  await start('second')
  expect(await say('ana', 'Zoe')).toMatchObject({ status: 'completed', response: 'Bye, Zoe.' })
  expect((await copse('replay', '--all', '--data', data)).said).toContain('1 of 1 identical')
})

it('a copy of the SQLite file alone is restored, and waits for the control plane', async () => {
  const backups = await workAndCopy()
  await stop()
  await server.down()
  copyFileSync(join(backups, 'monday.db'), join(root, 'alone.db'))
  const data = join(root, 'second', 'data')
  const restored = await copse('restore', join(root, 'alone.db'), '--data', data)
  expect(restored).toMatchObject({ code: 0, said: expect.not.stringContaining('while the control plane is down') })
  await expect(start('second')).rejects.toMatchObject({ code: 'control_plane_unreachable' })
})

it('a restore in place keeps the newer release of the folder', async () => {
  const backups = await workAndCopy()
  server.serve({ release: releaseOf(2, 'Adieu, {{name}}.'), credentials: {} }, 'two')
  await expect
    .poll(async () => {
      await say('new', 'hello')
      return (await say('new', 'Max'))['response']
    }, soon)
    .toBe('Adieu, Max.')
  await stop()
  await server.down()
  const data = join(root, 'first', 'data')
  expect(await copse('restore', join(backups, 'monday.db'), '--data', data, '--replace')).toMatchObject({ code: 0 })
  await start('first')
  await say('eva', 'hello')
  expect(await say('eva', 'Eva')).toMatchObject({ response: 'Adieu, Eva.' })
  expect(await say('ana', 'Zoe')).toMatchObject({ response: 'Bye, Zoe.' })
})

it('of a stopped tenant the same is copied by its folder', async () => {
  await workAndCopy()
  await stop()
  await server.down()
  const data = join(root, 'first', 'data')
  mkdirSync(join(root, 'safe'))
  expect(await copse('backup', join(root, 'safe', 'toy.db'), '--data', data)).toMatchObject({ code: 0 })
  rmSync(join(root, 'first'), { recursive: true })
  const second = join(root, 'second', 'data')
  await copse('restore', join(root, 'safe', 'toy.db'), '--data', second, '--nothing-lost')
  await start('second')
  expect(await say('ana', 'Zoe')).toMatchObject({ response: 'Bye, Zoe.' })
})
