import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLogger, tenantProfile, type Release } from '@copse/contracts'
import { randomIds, systemClock } from '@copse/contracts'
import { createMetrics, listenOrExplain } from '@copse/http'
import { openLane } from '@copse/lane'
import { openStore } from '@copse/store'
import type { Desk } from '../http/desk.ts'
import { createSurface } from '../http/surface.ts'
import { createToy } from './toy-handle.ts'

export const toyRelease: Release = {
  digest: 'toy',
  number: 1,
  tenant: {
    id: 'toy',
    slug: 'toy',
    name: 'Toy & Sons <Ltd>',
    profile: tenantProfile.parse({ variables: { demo_customers: 'CUST-1 Ana Silva, CUST-2' } }),
  },
  procedures: [],
  connectors: [],
  channels: [],
  model: { provider: 'offline' },
}

/** The real surface on a real store and lane, with a toy to talk to. Listens on a free port of loopback. */
export async function openRig(options: Partial<Desk> & { slowMs?: number } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'copse-surface-'))
  const store = await openStore({ folder })
  const toy = createToy({ slowMs: options.slowMs ?? 400 })
  const lane = await openLane({ store, handle: toy.handle, clock: systemClock, ids: randomIds })
  const closing = new AbortController()
  const surface = createSurface({
    lane,
    store,
    backups: path.join(folder, 'backups'),
    channels: () => new Map(),
    connectors: () => new Map(),
    release: () => toyRelease,
    keptReleases: () => [],
    refused: () => null,
    silence: () => null,
    reload: undefined,
    dev: true,
    instance: 'test',
    startedAt: 0,
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
    metrics: createMetrics(),
    visitorKey: new Uint8Array(32).fill(7),
    linkKey: new Uint8Array(32).fill(8),
    givenBack: () => ({ text: 'The assistant is back.' }),
    operatorToken: undefined,
    operatorKey: () => undefined,
    answerTimeoutMs: 25_000,
    keepAliveMs: 15_000,
    closing: closing.signal,
    ...options,
  })
  const servers = new Set([surface.open, surface.closed])
  const at = { host: '127.0.0.1', port: 0 }
  const port = await listenOrExplain(surface.open, at)
  const privatePort = servers.size === 1 ? port : await listenOrExplain(surface.closed, at)
  const url = `http://127.0.0.1:${port}`
  const privateUrl = `http://127.0.0.1:${privatePort}`
  return {
    url,
    privateUrl,
    store,
    lane,
    turns: () => toy.turns(),
    /** POST of JSON; the parsed answer with its status. */
    async post(route: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(url + route, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Record<string, unknown>,
      }
    },
    async get(route: string, headers: Record<string, string> = {}) {
      const response = await fetch(url + route, { headers })
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Record<string, unknown>,
      }
    },
    /** The same at the private listener; a GET when there is no body. */
    async ask(route: string, headers: Record<string, string> = {}, body?: unknown) {
      const response = await fetch(privateUrl + route, {
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      })
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Record<string, unknown>,
      }
    },
    async close() {
      closing.abort()
      await Promise.all([...[...servers].map((server) => server.close()), lane.drain(1_000)])
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
export type Rig = Awaited<ReturnType<typeof openRig>>
