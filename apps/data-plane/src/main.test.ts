import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTenant } from './testing/local-tenant.ts'
import { startMain } from './testing/main-process.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }

let tenant: Awaited<ReturnType<typeof writeTenant>>
let folder: string
beforeAll(async () => {
  tenant = await writeTenant()
  folder = await mkdtemp(path.join(tmpdir(), 'copse-main-'))
  await writeFile(path.join(folder, 'a-file'), '')
  await writeFile(
    path.join(folder, 'bootstrap.json'),
    JSON.stringify({ controlPlaneUrl: 'http://127.0.0.1:1', tenantId: 't', token: 'x'.repeat(43) }),
  )
})
afterAll(async () => {
  await tenant.remove()
  await rm(folder, { recursive: true })
})

/** Every start gets a data folder of its own. */
const start = (env: Record<string, string>) =>
  startMain({
    NODE_COMPILE_CACHE: path.join(folder, 'cache'),
    COPSE_DATA: path.join(folder, `data-${Math.random()}`),
    ...env,
  })

/** What a process that cannot start says: one paragraph, no stack. */
async function lastWords(env: Record<string, string>): Promise<string> {
  const { exited, err } = start(env)
  expect(await exited).toBe(1)
  expect(err()).toMatch(/^copse: /)
  expect(err()).not.toMatch(/\n\s+at /)
  return err().trimEnd()
}

const local = () => ({ TENANT_CONFIG_PATH: tenant.file })

describe('a process that cannot start says why in one line and exits with 1', { concurrent: false }, () => {
  test('the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const words = await lastWords({ ...local(), PORT: String(port) })
    expect(words).toBe(
      `copse: port_taken: The port is in use. Stop the other process or choose another port. 127.0.0.1:${port}`,
    )
    server.close()
  })

  test('the data folder cannot be written', async () => {
    const words = await lastWords({ ...local(), COPSE_DATA: path.join(folder, 'a-file', 'data') })
    expect(words).toMatch(/^copse: data_unwritable: .*a-file\/data \(ENOTDIR\)$/)
  })

  test('the control plane does not answer and nothing is saved', async () => {
    const words = await lastWords({ COPSE_BOOTSTRAP: path.join(folder, 'bootstrap.json') })
    expect(words).toMatch(/^copse: control_plane_unreachable: .*http:\/\/127\.0\.0\.1:1$/)
    expect(words.split('\n')).toHaveLength(1)
  })

  test('development mode is asked for on an address that others reach', async () => {
    expect(await lastWords({ ...local(), HOST: '0.0.0.0' })).toMatch(/^copse: config_invalid: .*0\.0\.0\.0/)
  })

  test('a variable is wrong, or it is not said where the release comes from', async () => {
    expect(await lastWords({ ...local(), PORT: 'eighty' })).toMatch(/^copse: config_invalid: .*PORT: /)
    expect(await lastWords({})).toContain('TENANT_CONFIG_PATH')
  })

  test('a procedure is faulty: every fault with its place', async () => {
    const broken = await writeTenant({ 'greet.yaml': 'copse: 1\nprocedure:\n  id: a\n  steps: []\n' })
    expect(await lastWords({ TENANT_CONFIG_PATH: broken.file })).toMatch(/greet\.yaml:4:10 error/)
    await broken.remove()
  })
})

test('a process stops in order when asked, and a second one of the same data is refused meanwhile', async () => {
  const data = path.join(folder, 'held')
  const first = start({ ...local(), COPSE_DATA: data })
  await expect.poll(first.out, soon).toContain('"message":"ready"')
  expect(await lastWords({ ...local(), COPSE_DATA: data })).toMatch(/^copse: data_locked: /)
  first.child.kill('SIGTERM')
  expect(await first.exited).toBe(0)
  expect(first.err()).toBe('')
})

describe('a second process of the same data', () => {
  test('that stands by says so, waits, and serves once the first was killed', async () => {
    const data = path.join(folder, 'taken-over')
    const first = start({ ...local(), COPSE_DATA: data })
    await expect.poll(first.out, soon).toContain('"message":"ready"')
    const second = start({ ...local(), COPSE_DATA: data, COPSE_STAND_BY: '1' })
    await expect.poll(second.out, soon).toContain('standing by')
    expect(second.out()).not.toContain('"message":"ready"')
    first.child.kill('SIGKILL')
    await expect.poll(second.out, soon).toContain('"message":"ready"')
    second.child.kill('SIGTERM')
    expect(await second.exited).toBe(0)
  })

  test('stands by outside development, where it is not told otherwise, and a signal ends its waiting', async () => {
    const production = { ...local(), COPSE_DEV: '0', COPSE_DATA: path.join(folder, 'production') }
    const first = start(production)
    await expect.poll(first.out, soon).toContain('"message":"ready"')
    expect(first.out()).toContain(`"tokenFile":"${path.join(production.COPSE_DATA, 'operator-token')}"`)
    expect(await lastWords({ ...production, COPSE_STAND_BY: '0' })).toMatch(/^copse: data_locked: /)
    const second = start(production)
    await expect.poll(second.out, soon).toContain('standing by')
    second.child.kill('SIGTERM')
    await second.exited
    expect(second.child.signalCode).toBe('SIGTERM')
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)
  })
})
