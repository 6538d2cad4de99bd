import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { TenantStatus } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DataPlane } from './compose.ts'
import { greetProcedure, writeTenant } from './testing/local-tenant.ts'
import { bootFrom, startPlane } from './testing/plane.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }
const hour = 3_600_000
const operatorToken = 'operator-token-for-this-test'

let tenant: Awaited<ReturnType<typeof writeTenant>>
let folder: string
let running: DataPlane | undefined
let now: number
beforeEach(async () => {
  tenant = await writeTenant({ 'greet.yaml': greetProcedure('Bye') })
  folder = path.join(path.dirname(tenant.file), 'kept')
  now = Date.UTC(2026, 3, 14, 12)
})
afterEach(async () => {
  await running?.close()
  running = undefined
  await tenant.remove()
})

async function start(dev: boolean): Promise<DataPlane> {
  const clock = { now: () => now }
  const booted = await bootFrom(tenant.file, { clock, dataPath: folder, dev })
  return (running = await startPlane({ ...booted, operatorToken }, { clock, wakeMs: 5 }))
}

const ask = async (route: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${running!.privatePort}${route}`, { headers: { authorization: `Bearer ${operatorToken}` } })

test('a tenant copies its data every hour by itself, and says when and how much', async () => {
  await start(false)
  const lastBackup = async () => ((await (await ask('/internal/status')).json()) as TenantStatus).lastBackup
  expect(await lastBackup()).toBeNull()
  now += hour
  await expect.poll(lastBackup, soon).toMatchObject({ name: expect.stringMatching(/^auto-2026-04-14T13/) as string })
  const { bytes } = (await lastBackup())!
  const metrics = await (await ask('/metrics')).text()
  expect(metrics).toContain(`backup_bytes ${bytes}\n`)
  await expect
    .poll(async () => (await ask('/metrics')).text(), soon)
    .toMatch(/standing_runs_total\{[^}]*schedule="backup"[^}]*state="done"[^}]*\} 1/)
})

test('deletes at night what is older than it may be', async () => {
  await start(false)
  now += 24 * hour
  await expect
    .poll(async () => (await ask('/metrics')).text(), soon)
    .toMatch(/standing_runs_total\{[^}]*schedule="retention"[^}]*state="done"[^}]*\} 1/)
})

test('in development nothing is copied: it is nobody’s data', async () => {
  await start(true)
  now += 24 * hour
  expect((await ask('/internal/status')).status).toBe(200)
  expect((await readdir(folder)).includes('backups')).toBe(false)
})
