import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { ChatRequest, ChatResponse } from '@copse/contracts'

/** One run of a tenant's process. A crashed one is followed by another on the same folder. */
export interface TenantProcess {
  url: string
  chat(body: ChatRequest): Promise<ChatResponse>
  get<T>(path: string): Promise<T>
  kill(): Promise<void>
  /** Resolves with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>
}

export async function startTenant(given: {
  configPath: string
  folder: string
  cache: string
  crashAt?: string
}): Promise<TenantProcess> {
  const child = spawn(process.execPath, [new URL('data-plane.ts', import.meta.url).pathname], {
    env: {
      TENANT_CONFIG_PATH: given.configPath,
      COPSE_DATA: given.folder,
      PORT: '0',
      NODE_COMPILE_CACHE: given.cache,
      ...(given.crashAt === undefined ? {} : { CRASH_AT: given.crashAt }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const url = `http://127.0.0.1:${await portOf(child)}`
  return {
    url,
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
  }
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
