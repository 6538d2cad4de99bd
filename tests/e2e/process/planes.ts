import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Bootstrap, ConnectorBinding } from '@copse/contracts'
import { demoBinding, startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { processIdentity } from '../../../apps/control-plane/src/deployments/process-identity.ts'
import { createTestDatabase } from '../../../apps/control-plane/src/testing/database.ts'
import { eventually } from '../../../apps/control-plane/src/testing/eventually.ts'
import { compileCache, startControlPlane, type ControlPlaneProcess } from './control-plane-process.ts'
import { tenantAt, type TenantClient } from './tenant-client.ts'

const dataPlane = new URL('../../../apps/data-plane/src/main.ts', import.meta.url).pathname
const killable = new URL('data-plane.ts', import.meta.url).pathname
const library = new URL('../../../procedures/refund.procedure.yaml', import.meta.url)

/** A control plane on a database of its own, a business, and the tenants that its process host runs. */
export type Planes = Awaited<ReturnType<typeof openPlanes>>

export interface Tenant extends TenantClient {
  url: string
  port: number
}

export async function openPlanes() {
  const place = await createTestDatabase()
  const business: DemoBusiness = await startDemoBusiness({ port: 0, folder: ':memory:' })
  /** All that the control plane ever said: output and answers. */
  const heard: string[] = []
  const byHand: ChildProcess[] = []
  // The same one after a crash: instances know it by this address.
  const at = { place, port: await freePort(), heard }
  let plane: ControlPlaneProcess = await startControlPlane(at)

  const folder = (slug: string): string => join(place.data, 'instances', slug)
  const bootstrap = (slug: string): Bootstrap => JSON.parse(readFileSync(join(folder(slug), 'bootstrap.json'), 'utf8'))

  /** As the operator. A refusal is an error, so that the tests read as a list of what is done. */
  async function ask(method: string, path: string, body?: unknown) {
    const answer = await plane.call(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  return {
    business,
    heard,
    ask,
    folder,
    bootstrap,
    dataFolder: place.data,
    url: () => plane.url,
    call: (method: string, path: string, body?: unknown) => plane.call(method, path, body),

    /**
     * From nothing to a tenant that talks, through the admin API alone; `more` is done before it is published. Outside
     * development its own people ask with an operator token.
     */
    async deploy(
      slug: string,
      { dev, more }: { dev: boolean; more?: (base: string) => Promise<void> },
    ): Promise<Tenant> {
      const { name: connector, ...binding }: ConnectorBinding = demoBinding(business.url)
      const base = `/v1/tenants/${slug}`
      await ask('POST', '/v1/tenants', { slug, name: slug, profile: { timeZone: 'Europe/Madrid' } })
      await ask('PUT', '/v1/library/procedures/refund', readFileSync(library, 'utf8'))
      await ask('POST', `${base}/bindings`, { procedure: 'refund' })
      await ask('PUT', `${base}/connectors/${connector}`, binding)
      await ask('PUT', `${base}/identity`, { operation: 'find_customer' })
      await more?.(base)
      await ask('POST', `${base}/releases`, {})
      const port = await freePort()
      await ask('POST', `${base}/deployment`, { desired: 'running', port, dev })
      await eventually(async () => (await instance(slug)).state === 'running')
      const { token, url } = await ask('POST', `${base}/operator-tokens`, { who: 'tests', can: 'operate' })
      return { ...tenantAt(url, dev ? undefined : token), url, port }
    },

    instance,
    killControlPlane: () => plane.kill(),
    async restartControlPlane() {
      plane = await startControlPlane(at)
    },

    /**
     * A tenant's process as a person would start it, with what the host had written down. `killable`: it listens for the
     * name of a point at which it shall die, and for how far its clock shall be ahead.
     */
    async startByHand(
      slug: string,
      port: number,
      as: 'development' | 'killable',
      aheadMs?: number,
    ): Promise<ChildProcess> {
      const child = spawn(process.execPath, [as === 'killable' ? killable : dataPlane], {
        env: {
          COPSE_BOOTSTRAP: join(folder(slug), 'bootstrap.json'),
          COPSE_DATA: join(folder(slug), 'data'),
          PORT: String(port),
          ...(as === 'development' ? { COPSE_DEV: '1' } : {}),
          ...(aheadMs === undefined ? {} : { CLOCK_AHEAD_MS: String(aheadMs) }),
          NODE_COMPILE_CACHE: compileCache,
        },
        stdio: ['ignore', 'pipe', 'pipe', ...(as === 'killable' ? ['ipc' as const] : [])],
      })
      byHand.push(child)
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          output += text
          heard.push(text)
        })
      }
      const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
      const answers = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
      await eventually(async () => hasEnded() || (await answers()), 40_000)
      if (hasEnded()) throw new Error(`The process of ${slug} did not start: ${output}`)
      return child
    },

    async close() {
      await plane.kill()
      const recorded = globSync(join(place.data, 'instances/*/instance.json'))
      const ids = recorded.map((file): string => JSON.parse(readFileSync(file, 'utf8')).id)
      for (const id of ids) if (await lives(id)) process.kill(Number.parseInt(id, 10), 'SIGKILL')
      for (const child of byHand) child.kill('SIGKILL')
      await business.close()
      for (const id of ids) await eventually(async () => !(await lives(id)))
      await place.remove()
    },
  }

  async function instance(slug: string): Promise<{ state: string; process: string | null; detail: string | null }> {
    return (await ask('GET', `/v1/tenants/${slug}/deployment`)).instance
  }
}

/** Not even as remains that nobody has reaped yet. */
export const isAlive = async (pid: number): Promise<boolean> => (await processIdentity(pid)) !== undefined

/** By identity: the number of one that ended is somebody else's meanwhile. */
const lives = async (id: string): Promise<boolean> => (await processIdentity(Number.parseInt(id, 10))) === id

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
