import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bootstrap as bootstrapShape, type Bootstrap } from '@copse/contracts'
import { z } from 'zod'
import { Host, type InstanceRef, type InstanceSpec, type Seen, type TenantName } from './host.ts'
import { processIdentity } from './process-identity.ts'

const instanceRef = z.strictObject({ id: z.string(), port: z.number(), dev: z.boolean() })
const health = z.object({ ok: z.literal(true), tenant: z.string(), release: z.number().optional() })

/**
 * An instance begins, as this same process, once it is noted. It ends instead when nobody does: who dies between a start
 * and its note would leave one behind that answers customers, and that no later one can find or stop.
 */
const whenNoted = 'read -r _ && exec "$0" "$@" </dev/null'

/**
 * Instances as processes of this machine: each with a folder of its own and a life of its own (detached, its output
 * in a file), so that they outlive the control plane. It separates data, not attackers: for development and trusted
 * use.
 */
export class ProcessHost extends Host {
  constructor(
    private readonly options: {
      folder: string
      main: string
      /** For the runtime, before it runs `main`. */
      flags: readonly string[]
      environment: Record<string, string>
      healthTimeoutMs: number
    },
  ) {
    super()
  }

  async start(spec: InstanceSpec): Promise<InstanceRef> {
    const folder = this.#folder(spec.tenant.slug)
    mkdirSync(join(folder, 'data'), { recursive: true, mode: 0o700 })
    // A control plane that died right after a start knows of it only by this file.
    const recorded = await readJson(join(folder, 'instance.json'), instanceRef)
    if (recorded !== undefined && (await alive(recorded))) return recorded

    const bootstrapFile = this.#bootstrapFile(spec.tenant)
    await writeWhole(bootstrapFile, JSON.stringify(spec.bootstrap))
    const log = openSync(join(folder, 'instance.log'), 'a', 0o600)
    const child = spawn('/bin/sh', ['-c', whenNoted, process.execPath, ...this.options.flags, this.options.main], {
      detached: true,
      stdio: ['pipe', log, log],
      cwd: folder,
      env: {
        ...this.options.environment,
        COPSE_BOOTSTRAP: bootstrapFile,
        COPSE_DATA: join(folder, 'data'),
        PORT: String(spec.port),
        ...(spec.dev ? { COPSE_DEV: '1' } : {}),
      },
    })
    closeSync(log)
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    // Gone already: then an identity that nothing has any more is the truth.
    child.stdin?.on('error', () => {})
    try {
      const id = (await processIdentity(child.pid ?? 0)) ?? `${child.pid}@gone`
      const ref = { id, port: spec.port, dev: spec.dev }
      await writeWhole(join(folder, 'instance.json'), JSON.stringify(ref))
      child.stdin?.write('noted\n')
      return ref
    } finally {
      child.stdin?.end()
    }
  }

  async observe(tenant: TenantName, ref: InstanceRef): Promise<Seen> {
    if (!(await alive(ref))) return 'absent'
    return (await this.#health(tenant, ref.port)) ? 'running' : 'starting'
  }

  async release(tenant: TenantName, { port }: InstanceRef): Promise<number | undefined> {
    return (await this.#health(tenant, port))?.release
  }

  async stop(_tenant: TenantName, ref: InstanceRef, how: 'asked' | 'at once'): Promise<void> {
    if (!(await alive(ref))) return
    try {
      // Its whole group: what an instance may have started must not stay behind when it is killed.
      process.kill(-pidOf(ref), how === 'asked' ? 'SIGTERM' : 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  async tell(tenant: TenantName, controlPlaneUrl: string): Promise<void> {
    const given = await this.bootstrap(tenant)
    if (given === undefined || given.controlPlaneUrl === controlPlaneUrl) return
    await writeWhole(this.#bootstrapFile(tenant), JSON.stringify({ ...given, controlPlaneUrl }))
  }

  bootstrap(tenant: TenantName): Promise<Bootstrap | undefined> {
    return readJson(this.#bootstrapFile(tenant), bootstrapShape)
  }

  async lastWords({ slug }: TenantName): Promise<string | undefined> {
    const text = await readEnd(join(this.#folder(slug), 'instance.log'), 4096)
    return text?.trimEnd().split('\n').at(-1)?.slice(0, 500)
  }

  /** Somebody may answer on the port who is not this tenant. */
  async #health({ slug }: TenantName, port: number): Promise<z.infer<typeof health> | undefined> {
    try {
      const signal = AbortSignal.timeout(this.options.healthTimeoutMs)
      const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal })
      const said = health.parse(await response.json())
      return response.ok && said.tenant === slug ? said : undefined
    } catch {
      return undefined
    }
  }

  #bootstrapFile({ slug }: TenantName): string {
    return join(this.#folder(slug), 'bootstrap.json')
  }

  #folder(slug: string): string {
    return join(this.options.folder, slug)
  }
}

const pidOf = (ref: InstanceRef): number => Number.parseInt(ref.id, 10)
const alive = async (ref: InstanceRef): Promise<boolean> => (await processIdentity(pidOf(ref))) === ref.id

async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Never half a file: a reader sees the old one or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function readEnd(file: string, bytes: number): Promise<string | undefined> {
  try {
    const handle = await open(file)
    try {
      const { size } = await handle.stat()
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, Math.max(0, size - bytes))
      return buffer.subarray(0, bytesRead).toString('utf8')
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}
