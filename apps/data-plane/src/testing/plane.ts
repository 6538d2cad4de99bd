import { randomIds, silentLogger, systemClock, type Clock, type Logger } from '@copse/contracts'
import { boot, type Boot } from '../boot.ts'
import { compose, type Composition, type DataPlane } from '../compose.ts'
import type { Config, Source } from '../config.ts'

/** What a tenant's process starts from; `configPath`: that of one local file. */
export function bootFrom(
  from: Source | string,
  { clock = systemClock, logger = silentLogger, ...more }: Partial<Config> & { clock?: Clock; logger?: Logger } = {},
): Promise<Boot> {
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    privateHost: undefined,
    privatePort: undefined,
    dataPath: undefined,
    source: typeof from === 'string' ? { kind: 'local', configPath: from } : from,
    dev: true,
    instance: undefined,
    logLevel: 'silent',
    pollMs: 1_000,
    ...more,
  }
  return boot({ config, clock, logger, random: Math.random })
}

/** The whole tenant, on a free port of loopback. */
export const startPlane = (booted: Boot, more: Partial<Composition> = {}): Promise<DataPlane> =>
  compose({
    boot: booted,
    host: '127.0.0.1',
    port: 0,
    instance: 'test',
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
    ...more,
  })

/** Of its JSON, as a program would; a POST when there is a body. */
export async function ask<T>({ port }: DataPlane, route: string, body?: object): Promise<T & { http: number }> {
  const headers = { 'content-type': 'application/json' }
  const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(`http://127.0.0.1:${port}${route}`, init)
  return { http: response.status, ...((await response.json()) as T) }
}
