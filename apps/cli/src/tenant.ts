import { Fault, inOneText, type Problem } from '@copse/contracts'
import type { Environment } from './config.ts'

/** A tenant's process, asked with a token. A refusal is a fault that says what the process said. */
export interface Tenant {
  get<T>(path: string): Promise<T>
  /** Without `withinMs` for as long as it takes. */
  post<T>(path: string, body?: unknown, withinMs?: number): Promise<T>
}

export interface Wanted {
  tenant?: string | undefined
  url?: string | undefined
  token?: string | undefined
}

/** A look takes moments, also at a busy process; a copy of much data, or a person forgotten, takes what it takes. */
const patience = { readMs: 20_000 }

/** By its own address and a token; or by name, and the control plane gives both. */
export async function findTenant(
  wanted: Wanted,
  can: 'read' | 'operate',
  env: Environment,
  { readMs } = patience,
): Promise<Tenant> {
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
  const given = await controlPlane
    .post<{ url: string; token: string }>(path, { who: env.USER, can }, readMs)
    .catch((error: unknown) => {
      if (!(error instanceof Refused && error.status === 404)) throw error
      throw new Fault('not_found', {
        detail: error.detail ?? `The control plane at ${env.COPSE_URL} has no tenant ${name}.`,
      })
    })
  return tenantAt(given.url, given.token)
}

export function tenantAt(url: string, token: string | undefined, { readMs } = patience): Tenant {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Fault('config_invalid', { detail: `--url ${url} is no address. Like this: http://127.0.0.1:9002` })
  }
  async function ask<T>(method: string, path: string, withinMs?: number, body?: unknown): Promise<T> {
    const { ok, status, text } = await fetch(new URL(path, url), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(withinMs === undefined ? {} : { signal: AbortSignal.timeout(withinMs) }),
    })
      .then(async (answer) => ({ ok: answer.ok, status: answer.status, text: await answer.text() }))
      .catch((cause: unknown) => {
        if (cause instanceof Error && cause.name === 'TimeoutError') {
          const detail = `${url} does not answer within ${(withinMs ?? 0) / 1_000} s. Its process lives and stands still: see its log.`
          throw new Fault('not_ready', { detail, cause })
        }
        throw new Fault('not_ready', { detail: `Nothing answers at ${url}. Is it running?`, cause })
      })
    const read = jsonOf(text)
    if (ok && read === undefined) throw new Fault('not_ready', { detail: `What answers at ${url} is no tenant.` })
    if (ok) return read as T
    const problem: Partial<Problem> = read ?? {}
    throw new Refused(status, refusalOf(problem) ?? `It answered ${status}.`, problem.detail)
  }
  return {
    get: (path) => ask('GET', path, readMs),
    post: (path, body, withinMs) => ask('POST', path, withinMs, body ?? {}),
  }
}

/** Undefined: no object, as of another program at this address. */
function jsonOf(text: string): object | undefined {
  try {
    const read = JSON.parse(text) as unknown
    return typeof read === 'object' && read !== null ? read : undefined
  } catch {
    return undefined
  }
}

/** Whose detail says by itself what is wrong, of what somebody typed and not of a request. */
const plain = ['body_invalid', 'not_found', 'session_not_found', 'not_ready']

function refusalOf({ code, title, detail }: Partial<Problem>): string | undefined {
  if (code === 'token_missing') return 'It asks for a token: --token, or COPSE_TOKEN. With --tenant one is given.'
  if (detail && plain.includes(code ?? '')) return detail
  return title && inOneText(title, detail)
}

/** What the other side said no to, in its own words. */
export class Refused extends Error {
  readonly status: number
  /** What it knows of this case. */
  readonly detail: string | undefined

  constructor(status: number, text: string, detail?: string) {
    super(text)
    this.status = status
    this.detail = detail
  }
}
