import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ChatRequest, ChatResponse } from '@copse/contracts'

/** One run of a tenant's process. A crashed one is followed by another on the same folder. */
export interface TenantProcess {
  url: string
  pid: number
  chat(body: ChatRequest): Promise<ChatResponse>
  get<T>(path: string): Promise<T>
  kill(): Promise<void>
  /** Asks it to stop and resolves with its exit code. */
  stop(): Promise<number | null>
  /** Resolves with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>
}

export interface TenantRun {
  configPath: string
  folder: string
  cache: string
  crashAt?: string
  /** What `bundleTenant` made; the sources unless given, which take several times as long to start. */
  program?: string
}

const source = new URL('data-plane.ts', import.meta.url).pathname
const root = new URL('../../../', import.meta.url).pathname

/** The program as it is shipped. The folder is one from which the native driver is found. */
export async function bundleTenant(folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/bundle.ts'), folder, source])
  return join(folder, 'data-plane.mjs')
}

export async function startTenant(given: TenantRun): Promise<TenantProcess> {
  const child = spawnTenant(given)
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const url = `http://127.0.0.1:${await portOf(child)}`
  return {
    url,
    pid: child.pid!,
    ended,
    async chat(body) {
      const response = await fetch(`${url}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`)
      return (await response.json()) as ChatResponse
    },
    get: async <T>(path: string) => (await (await fetch(`${url}${path}`)).json()) as T,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

/** One that ends by itself: how, and what it said. */
export async function runTenant(given: TenantRun): Promise<{ code: number | null; stderr: string }> {
  const child = spawnTenant(given)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  await once(child, 'close')
  return { code: child.exitCode, stderr }
}

function spawnTenant({ configPath, folder, cache, crashAt, program = source }: TenantRun): ChildProcess {
  return spawn(process.execPath, [program], {
    env: {
      TENANT_CONFIG_PATH: configPath,
      COPSE_DATA: folder,
      PORT: '0',
      NODE_COMPILE_CACHE: cache,
      ...(crashAt === undefined ? {} : { CRASH_AT: crashAt }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function portOf(child: ChildProcess): Promise<string> {
  let output = ''
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    output += chunk.toString()
    const found = /listening (\d+)/.exec(output)?.[1]
    if (found !== undefined) return found
  }
  throw new Error(`The tenant's process ended before it listened: ${errors}`)
}
