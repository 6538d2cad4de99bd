import type { Json, JsonObject } from '@copse/contracts'
import { pathParam, type HttpWire } from './manifest.ts'

export interface HttpRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body: string | undefined
}

/** Puts the arguments where the wire says. A string is why they cannot be put there. */
export function buildRequest(
  wire: HttpWire,
  args: JsonObject,
  { baseUrl, headers }: { baseUrl: string; headers: Record<string, string> },
): HttpRequest | string {
  const rest = new Map(Object.entries(args).filter(([, value]) => value !== null))
  let misfit: string | undefined
  const path = wire.path.replace(pathParam, (_, name: string) => {
    const segment = text(rest.get(name) ?? '')
    // An empty or dotted segment would address something else than the author wrote.
    if (segment === '' || segment === '.' || segment === '..') misfit = `"${segment}" cannot be a ${name}.`
    rest.delete(name)
    return encodeURIComponent(segment)
  })
  if (misfit !== undefined) return misfit
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`)
  for (const name of wire.method === 'GET' ? [...rest.keys()] : wire.query) {
    const value = rest.get(name)
    if (value !== undefined) url.searchParams.set(name, text(value))
    rest.delete(name)
  }
  const body = wire.method === 'GET' ? undefined : JSON.stringify(Object.fromEntries(rest))
  return {
    method: wire.method,
    url,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...headers,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    },
    body,
  }
}

const text = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
