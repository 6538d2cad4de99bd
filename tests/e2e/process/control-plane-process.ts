import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDatabase } from '../../../apps/control-plane/src/testing/database.ts'
import { eventually } from '../../../apps/control-plane/src/testing/eventually.ts'

/** The control plane as it is shipped: built, in a process of its own. */
export interface ControlPlaneProcess {
  url: string
  /** As the operator. Strings go as YAML, the rest as JSON. */
  call(method: string, path: string, body?: unknown): Promise<Answer>
  kill(): Promise<void>
}

export interface Answer {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests state what they expect of it
  body: any
}

/** Compiled once for all: half of what starting a process costs. */
export const compileCache = join(tmpdir(), 'copse-compile-cache')
const main = new URL('../../../apps/control-plane/dist/main.js', import.meta.url).pathname

/** `heard` gets all that it ever says: its output, and its answers. */
export async function startControlPlane(given: {
  place: TestDatabase
  port: number
  heard: string[]
}): Promise<ControlPlaneProcess> {
  const { place, port, heard } = given
  if (!existsSync(main)) throw new Error('The control plane is not built: run the tests with `make test`.')
  const redis = process.env['REDIS_URL']
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      COPSE_DATA: place.data,
      NODE_COMPILE_CACHE: compileCache,
      ...(place.url === undefined ? {} : { DATABASE_URL: place.url }),
      // A database of its own there, too: control planes that share one share their jobs.
      ...(redis ? { REDIS_URL: new URL(`/${1 + (port % 15)}`, redis).href } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      heard.push(text)
    })
  }
  const url = `http://127.0.0.1:${port}`
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  await eventually(() => output.includes('is listening') || hasEnded(), 40_000)
  if (hasEnded()) throw new Error(`The control plane did not start: ${output}`)
  const key = (await readFile(join(place.data, 'admin-key'), 'utf8')).trim()
  return {
    url,
    async call(method, path, body) {
      const type = typeof body === 'string' ? 'application/yaml' : 'application/json'
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }).catch((cause: unknown) => {
        const state = hasEnded() ? `has ended (${child.exitCode ?? child.signalCode})` : 'runs'
        throw new Error(`The control plane at ${url} ${state} and answers nobody: ${output.slice(-2_000)}`, { cause })
      })
      const text = await response.text()
      heard.push(text)
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
