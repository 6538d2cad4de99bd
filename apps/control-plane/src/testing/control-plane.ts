import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { silentLogger, type Logger } from '@copse/contracts'
import { Config } from '../config.ts'
import { createControlPlane, listen } from '../server.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export interface Answer {
  status: number
  headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests state what they expect of it
  body: any
}

export interface TestControlPlane {
  url: string
  place: TestDatabase
  /** As the operator, unless `key` says otherwise; strings go as YAML, the rest as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Ends this control plane and leaves its database to the next. */
  stop(): Promise<void>
  close(): Promise<void>
}

const adminKey = 'test-admin-key-of-more-than-32-characters'
const standIn = fileURLToPath(new URL('stand-in-instance.ts', import.meta.url))

/** A whole control plane on a port of its own, with a database of its own unless one is given. */
export async function startControlPlane(
  options: { place?: TestDatabase; logger?: Logger } & Partial<Config> = {},
): Promise<TestControlPlane> {
  const { place = await createTestDatabase(), logger = silentLogger, ...settings } = options
  const config = Object.assign(new Config(), {
    port: 0,
    data: place.data,
    databaseUrl: place.url,
    adminKey,
    instanceMain: standIn,
    redisUrl: process.env.REDIS_URL || undefined,
    jobsName: `test-${randomUUID()}`,
    reconcileEveryMs: 200,
    ...settings,
  })
  const controlPlane = await createControlPlane(config, logger)
  const url = `http://127.0.0.1:${await listen(controlPlane, config)}`
  const stop = (): Promise<void> => controlPlane.app.close()
  return {
    url,
    place,
    call: (method, path, body, headers) => call(`${url}${path}`, method, body, headers),
    stop,
    async close() {
      await stop()
      await place.remove()
    },
  }
}

async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${adminKey}` },
): Promise<Answer> {
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json'
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
