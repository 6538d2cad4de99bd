import { once } from 'node:events'
import { request as plain, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { bundle as bundleSchema, Fault, type Bootstrap } from '@copse/contracts'
import type { SavedBundle } from './saved-bundle.ts'

const timeoutMs = 5_000

/** GET /boot/bundle. Undefined: what we have is still the one. */
export async function fetchBundle(bootstrap: Bootstrap, etag: string | undefined): Promise<SavedBundle | undefined> {
  const answer = await get(new URL('/boot/bundle', bootstrap.controlPlaneUrl), {
    authorization: `Bearer ${bootstrap.token}`,
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  }).catch((error: unknown) => {
    throw new Fault('control_plane_unreachable', { detail: bootstrap.controlPlaneUrl, cause: error })
  })
  if (answer.status === 304) return undefined
  if (answer.status === 401) throw new Fault('token_invalid', { detail: `${bootstrap.controlPlaneUrl} refused it.` })
  if (answer.status !== 200) throw unexpected(bootstrap, `answered ${answer.status}`)
  const parsed = bundleSchema.safeParse(jsonOf(answer.body))
  if (!parsed.success) throw unexpected(bootstrap, 'sent a bundle that this version cannot read')
  return { etag: answer.etag ?? parsed.data.release.digest, bundle: parsed.data }
}

/** node:http rather than fetch, which takes as long to load as the rest of the runtime. */
async function get(url: URL, headers: Record<string, string>) {
  const request = url.protocol === 'https:' ? (await import('node:https')).request : plain
  const sent = request(url, {
    headers,
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
  })
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>
  sent.end()
  const [response] = await answered
  return { status: response.statusCode, etag: response.headers.etag, body: await text(response) }
}

/** Undefined: it is none. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const unexpected = (bootstrap: Bootstrap, what: string): Fault =>
  new Fault('control_plane_unreachable', { detail: `${bootstrap.controlPlaneUrl} ${what}.` })
