import { bundle as bundleSchema, Fault, type Bootstrap } from '@copse/contracts'
import type { SavedBundle } from './saved-bundle.ts'

const timeoutMs = 5_000

/** GET /boot/bundle. Undefined: what we have is still the one. */
export async function fetchBundle(bootstrap: Bootstrap, etag: string | undefined): Promise<SavedBundle | undefined> {
  const response = await fetch(new URL('/boot/bundle', bootstrap.controlPlaneUrl), {
    headers: { authorization: `Bearer ${bootstrap.token}`, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Fault('control_plane_unreachable', { detail: bootstrap.controlPlaneUrl, cause: error })
  })
  if (response.status === 304) return undefined
  if (response.status === 401) throw new Fault('token_invalid', { detail: `${bootstrap.controlPlaneUrl} refused it.` })
  if (!response.ok) throw unexpected(bootstrap, `answered ${response.status}`)
  const parsed = bundleSchema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw unexpected(bootstrap, 'sent a bundle that this version cannot read')
  return { etag: response.headers.get('etag') ?? parsed.data.release.digest, bundle: parsed.data }
}

const unexpected = (bootstrap: Bootstrap, what: string): Fault =>
  new Fault('control_plane_unreachable', { detail: `${bootstrap.controlPlaneUrl} ${what}.` })
