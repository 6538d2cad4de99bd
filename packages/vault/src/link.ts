import { Fault, type JsonObject } from '@copse/contracts'
import { openSigned, sign } from './signed.ts'

export interface Link {
  /** What it opens: `job`, `approval`, `handoff`. */
  kind: string
  /** Of the thing; used once, it is known by this. */
  id: string
  /** ms; not valid from then on. */
  until: number
  /** What the one who opens it needs not be asked. */
  data: JsonObject
}

const purpose = 'link'

/** For one thing, for a while, for whoever holds it. */
export const mintLink = (key: Uint8Array, link: Link): string => sign(key, link, purpose)

/** Fault `token_invalid` for what we did not sign for this; `link_used` when its time is over. */
export function openLink(
  key: Uint8Array,
  text: string,
  { kind, id, now }: { kind: string; id: string; now: number },
): Link {
  const link = openSigned(key, text, purpose) as Link | undefined
  if (link?.kind !== kind || link.id !== id) throw new Fault('token_invalid')
  if (link.until <= now) throw new Fault('link_used')
  return link
}

/** What `mintLink` makes, at the end of an address: the signature is 32 bytes. */
const minted = /([?&]token=)[\w-]+\.[\w-]{43}(?![\w-])/g

/** A copy of JSON for people to read. Whoever has the whole of a link can use it. */
export function withoutLinks(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(minted, '$1[redacted]')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutLinks)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutLinks(item)]))
}
