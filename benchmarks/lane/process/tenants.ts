import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Config } from '../../../apps/control-plane/src/config.ts'
import { chooseInstanceMain } from '../../../apps/control-plane/src/deployments/instance-main.ts'
import { openBootServer } from '../../../apps/data-plane/src/testing/boot-server.ts'
import { openFolder } from '../disk/folder.ts'
import { refundRelease } from '../turns/business.ts'

const root = join(import.meta.dirname, '../../..')
const token = `copse_boot_${'k'.repeat(43)}`

export interface Started {
  /** From the spawn to the line that says it is ready. */
  readyMs: number
  child: ChildProcess
  stop(): Promise<void>
}

export interface Tenants {
  /** A tenant's process as it is shipped, on a folder of its own that it had before. */
  tenant(number: number): Promise<Started>
  /** The same runtime, with nothing to do. */
  empty(): Promise<Started>
  close(): Promise<void>
}

/** The bundle as it is now, and a control plane that gives every tenant the refund. */
export async function openTenants(): Promise<Tenants> {
  const built = spawnSync(process.execPath, [join(root, 'scripts/bundle.ts')], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The bundle could not be made: ${built.stderr}`)
  // As the process host of the control plane starts them.
  const { instanceFlags, instanceEnvironment } = new Config()
  const { main } = chooseInstanceMain(root, 'bundle')
  const place = openFolder()
  const server = await openBootServer(token)
  const { identity: _, ...release } = refundRelease()
  server.serve({ release, credentials: {} }, '1')
  const bootstrap = join(place.folder, 'bootstrap.json')
  writeFileSync(bootstrap, JSON.stringify({ controlPlaneUrl: server.url, tenantId: 'bench', token }))
  const empty = join(place.folder, 'empty.mjs')
  writeFileSync(empty, `process.stdout.write('"ready"'); setInterval(() => {}, 1e6)`)
  const run = (file: string, data: string, flags: readonly string[] = [], environment: Record<string, string> = {}) =>
    start([...flags, file], {
      ...environment,
      COPSE_BOOTSTRAP: bootstrap,
      COPSE_DATA: join(place.folder, data),
      PORT: '0',
      PRIVATE_PORT: '0',
    })
  return {
    tenant: (number) => run(main, `tenant-${number}`, instanceFlags, instanceEnvironment),
    empty: () => run(empty, 'none'),
    async close() {
      await server.down()
      place.remove()
    },
  }
}

async function start(args: string[], env: Record<string, string>): Promise<Started> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ready = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('"ready"')) ready.resolve()
    })
  }
  const ended = once(child, 'exit')
  void ended.then(() => ready.reject(new Error(`A tenant did not start: ${said}`)))
  await ready.promise
  return {
    readyMs: performance.now() - begun,
    child,
    async stop() {
      child.kill()
      await ended
    },
  }
}

/** Of a process that had a moment to settle. */
export async function idleMemory({ child }: Started): Promise<{ rssMB: number; cpuMs: number }> {
  await sleep(500)
  const rssKB = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
  const ticks = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13)
  return { rssMB: (Number(rssKB) * 1024) / 1e6, cpuMs: (Number(ticks?.[0]) + Number(ticks?.[1])) * 10 }
}

export function availableMB(): number {
  const availableKB = /MemAvailable:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
  return (Number(availableKB) * 1024) / 1e6
}
