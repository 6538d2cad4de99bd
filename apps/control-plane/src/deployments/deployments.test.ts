import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'
import { eventually } from '../testing/eventually.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'
import { processIdentity } from './process-identity.ts'

const settings = { stopGraceMs: 400 }
let cp: TestControlPlane
let port: number
const tenant = '/v1/tenants/techmart'
const folder = (): string => join(cp.place.data, 'instances', 'techmart')

beforeAll(async () => {
  cp = await startControlPlane(settings)
  port = await freePort()
  await cp.call('POST', '/v1/tenants', { slug: 'techmart', name: 'TechMart' })
  await cp.call('PUT', `${tenant}/connectors/shop`, shopWith(findOrder))
  await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
})
afterAll(async () => {
  await ask('stopped')
  await reached('stopped')
  await cp.close()
})

const ask = (desired: string, more: object = {}) => cp.call('POST', `${tenant}/deployment`, { desired, ...more })
const now = async () => (await cp.call('GET', `${tenant}/deployment`)).body
/** The process that runs when this state is reached. */
const reached = (state: string): Promise<{ pid: number; startedAt: string; detail: string; attempts: number }> =>
  eventually(async () => {
    const { instance } = await now()
    return instance.state === state && { ...instance, pid: Number.parseInt(instance.process, 10) }
  })
const lives = async (pid: number): Promise<boolean> => (await processIdentity(pid)) !== undefined

test('a tenant without a release cannot run, and one without a deployment has none', async () => {
  expect(await ask('running', { port })).toMatchObject({ status: 409, body: { code: 'not_ready' } })
  expect(await cp.call('GET', `${tenant}/deployment`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('tenants that ask for any port get one each, also at the same moment and beside the highest', async () => {
  const slugs = ['one', 'two', 'three', 'four']
  for (const slug of slugs) await cp.call('POST', '/v1/tenants', { slug, name: slug })
  await cp.call('POST', '/v1/tenants/one/deployment', { desired: 'stopped', port: 65_535 })
  const answers = await Promise.all(
    slugs.map((slug) => cp.call('POST', `/v1/tenants/${slug}/deployment`, { desired: 'stopped' })),
  )
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
  expect(answers.map(({ body }) => body.port as number).toSorted((a, b) => a - b)).toEqual([8002, 8003, 8004, 65_535])
})

describe('a deployed tenant', () => {
  test('runs as a process of its own that gets its secret in a file and nothing else of ours', async () => {
    await cp.call('POST', `${tenant}/releases`)
    expect(await ask('running', { port, dev: true })).toMatchObject({ status: 202, body: { desired: 'running', port } })
    const { pid } = await reached('running')
    expect(await lives(pid)).toBe(true)
    expect(statSync(join(folder(), 'bootstrap.json')).mode & 0o777).toBe(0o600)
    const environment = JSON.parse(readFileSync(join(folder(), 'data', 'environment.json'), 'utf8'))
    const { token } = JSON.parse(readFileSync(join(folder(), 'bootstrap.json'), 'utf8'))
    expect(environment).toMatchObject({ PORT: String(port), COPSE_DEV: '1', COPSE_DATA: join(folder(), 'data') })
    expect(JSON.stringify(environment)).not.toContain(token)
    const { items } = (await cp.call('GET', '/v1/instances')).body
    expect(items).toContainEqual(
      expect.objectContaining({ port, instance: expect.objectContaining({ state: 'running' }) as object }),
    )
  })

  test('is left alone by requests that change nothing', async () => {
    const before = await reached('running')
    await Promise.all([ask('running'), ask('running'), ask('running')])
    await cp.call('POST', `${tenant}/releases`)
    expect(await reached('running')).toEqual(before)
  })

  test('is shown with the release that it runs, which need not be the one that was published', async () => {
    const before = (await now()).activeRelease as number
    expect(await now()).toMatchObject({ instance: { state: 'running', release: before } })
    await cp.call('PUT', `${tenant}/knowledge`, { text: 'Open at nine.' })
    await cp.call('POST', `${tenant}/releases`)
    const seen = { activeRelease: before + 1, instance: expect.objectContaining({ release: before }) as object }
    expect((await cp.call('GET', '/v1/instances')).body.items).toContainEqual(expect.objectContaining(seen))
  })

  test('is started again after it was killed', async () => {
    const before = await reached('running')
    process.kill(before.pid, 'SIGKILL')
    const after = await eventually(async () => {
      const seen = await reached('running')
      return seen.pid !== before.pid && seen
    })
    expect(await lives(after.pid)).toBe(true)
  })

  test('outlives the control plane and is adopted by the next one', async () => {
    const before = await reached('running')
    await cp.stop()
    expect(await lives(before.pid)).toBe(true)
    cp = await startControlPlane({ place: cp.place, ...settings })
    expect(await reached('running')).toMatchObject({ pid: before.pid, startedAt: before.startedAt })
    // It answers elsewhere now: whoever runs looks there for releases once the old address is silent.
    const told = () => JSON.parse(readFileSync(join(folder(), 'bootstrap.json'), 'utf8')).controlPlaneUrl as string
    await expect.poll(told, { timeout: 15_000 }).toBe(cp.url)
  })

  test('is found again when the control plane died before it could note what it had started', async () => {
    const before = await reached('running')
    await cp.stop()
    const database = await openDatabase({ url: cp.place.url, folder: join(cp.place.data, 'postgres') })
    await database.withSystem((tx) => tx.instance.deleteMany())
    await database.close()
    cp = await startControlPlane({ place: cp.place, ...settings })
    expect(await reached('running')).toMatchObject({ pid: before.pid, attempts: 0 })
  })

  test('moves to another port by stopping first', async () => {
    const before = await reached('running')
    port = await freePort()
    await ask('running', { port })
    const after = await eventually(async () => {
      const seen = await reached('running')
      return seen.pid !== before.pid && seen
    })
    expect(await lives(before.pid)).toBe(false)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    expect(await lives(after.pid)).toBe(true)
  })

  test('ends when it is wanted stopped, at the latest when its grace is over', async () => {
    const { pid } = await reached('running')
    writeFileSync(join(folder(), 'data', 'stubborn'), '')
    await ask('stopped')
    await reached('stopped')
    expect(await lives(pid)).toBe(false)
    rmSync(join(folder(), 'data', 'stubborn'))
  })

  test('that cannot start is tried again, more and more slowly, with its last words to read', async () => {
    writeFileSync(join(folder(), 'data', 'crash'), '')
    await ask('running')
    const waiting = await eventually(async () => {
      const seen = await reached('waiting')
      return seen.attempts >= 2 && seen
    })
    expect(waiting.detail).toBe('copse: config_invalid: told to crash')
    rmSync(join(folder(), 'data', 'crash'))
    await ask('running')
    await reached('running')
  })

  test('is not taken for running when somebody else answers on its port', async () => {
    await ask('stopped')
    await reached('stopped')
    const stranger = createServer((_, answer) => answer.end('{"ok":true,"tenant":"harborbank"}'))
    await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
    await ask('running')
    expect(await eventually(async () => (await now()).instance.attempts > 0)).toBe(true)
    await new Promise((resolve) => stranger.close(resolve))
    await reached('running')
  })
})

test('a port is refused that another listens on for its own people, or needs for them, or that is ours', async () => {
  const own = await freePort()
  const port = own - 10_000
  const plane = await startControlPlane({ port: own })
  for (const slug of ['one', 'two']) await plane.call('POST', '/v1/tenants', { slug, name: slug })
  const at = (slug: string, wanted?: number) =>
    plane.call('POST', `/v1/tenants/${slug}/deployment`, { desired: 'stopped', port: wanted })
  expect(await at('one', port)).toMatchObject({ status: 202 })
  for (const [wanted, words] of [
    [port + 1_000, `Port ${port + 1_000} is of the tenant "one".`],
    [own, `Port ${own} is of the control plane.`],
    [own - 1_000, `Port ${own} is of the control plane, and port ${own - 1_000} comes with it`],
  ] as const) {
    const refused = await at('two', wanted)
    expect(refused).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    expect(refused.body.detail).toContain(words)
  }
  expect(await at('two', port - 500)).toMatchObject({ status: 202 })
  expect(await at('two', port + 500)).toMatchObject({ status: 202 })
  await plane.close()
})

test('a tenant that has had a port since before others minded it goes on with it, named or not', async () => {
  const own = (await freePort()) - 20_000
  for (const slug of ['early', 'late']) await cp.call('POST', '/v1/tenants', { slug, name: slug })
  const at = (slug: string, wanted?: number) =>
    cp.call('POST', `/v1/tenants/${slug}/deployment`, { desired: 'stopped', port: wanted })
  for (const [slug, to] of [
    ['early', own],
    ['late', own + 5],
  ] as const)
    expect(await at(slug, to)).toMatchObject({ status: 202 })
  await cp.stop()
  const database = await openDatabase({ url: cp.place.url, folder: join(cp.place.data, 'postgres') })
  await database.withSystem((tx) => tx.deployment.updateMany({ where: { port: own + 5 }, data: { port: own + 1_000 } }))
  await database.close()
  cp = await startControlPlane({ place: cp.place, ...settings })
  expect(await at('late')).toMatchObject({ status: 202, body: { port: own + 1_000 } })
  expect(await at('late', own + 1_000)).toMatchObject({ status: 202 })
  expect(await at('early', own)).toMatchObject({ status: 202 })
  expect(await at('early', own + 2_000)).toMatchObject({ status: 409 })
})

test('two tenants cannot have one port', async () => {
  const other = '/v1/tenants/harborbank'
  await cp.call('POST', '/v1/tenants', { slug: 'harborbank', name: 'Harbor Bank' })
  const refused = await cp.call('POST', `${other}/deployment`, { desired: 'stopped', port })
  expect(refused).toMatchObject({ status: 409, body: { code: 'already_exists' } })
  const { body } = await cp.call('POST', `${other}/deployment`, { desired: 'stopped' })
  expect(body.port).not.toBe(port)
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
