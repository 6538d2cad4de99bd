import { Fault, inOneText } from '@copse/contracts'
import type { Environment } from './config.ts'

/** A tenant's process, asked with a token. A refusal is a fault that says what the process said. */
export interface Tenant {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
}

export interface Wanted {
  tenant?: string | undefined
  url?: string | undefined
  token?: string | undefined
}

/** By its own address and a token; or by name, and the control plane gives both. */
export async function findTenant(wanted: Wanted, can: 'read' | 'operate', env: Environment): Promise<Tenant> {
  const url = wanted.url ?? env.COPSE_TENANT_URL
  if (url !== undefined) return tenantAt(url, wanted.token ?? env.COPSE_TOKEN)
  const name = wanted.tenant ?? env.COPSE_TENANT
  if (name === undefined) {
    throw new Fault('config_invalid', {
      detail: 'Say which tenant: --tenant <name> (with COPSE_ADMIN_KEY), or --url <private address> and --token.',
    })
  }
  if (env.COPSE_ADMIN_KEY === undefined) {
    throw new Fault('config_invalid', {
      detail: 'Set COPSE_ADMIN_KEY: it is in the file admin-key of the data folder.',
    })
  }
  const controlPlane = tenantAt(env.COPSE_URL, env.COPSE_ADMIN_KEY)
  const path = `/v1/tenants/${encodeURIComponent(name)}/operator-tokens`
  const given = await controlPlane.post<{ url: string; token: string }>(path, { who: env.USER, can })
  return tenantAt(given.url, given.token)
}

export function tenantAt(url: string, token: string | undefined): Tenant {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Fault('not_ready', { detail: `Nothing answers at ${url}. Is it running?`, cause })
    })
    const read = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string }
    if (answer.ok) return read as T
    throw new Refused(answer.status, inOneText(read.title ?? `It answered ${answer.status}.`, read.detail))
  }
  return { get: (path) => ask('GET', path), post: (path, body) => ask('POST', path, body ?? {}) }
}

/** What the other side said no to, in its own words. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}
