import { createHmac, timingSafeEqual } from 'node:crypto'
import { Fault, type JsonObject } from '@copse/contracts'

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

/** `<link>.<hmac>`, base64url: for one thing, for a while, for whoever holds it. */
export function mintLink(key: Uint8Array, link: Link): string {
  const body = Buffer.from(JSON.stringify(link)).toString('base64url')
  return `${body}.${macOf(key, body).toString('base64url')}`
}

/** Fault `token_invalid` for what we did not sign for this; `link_used` when its time is over. */
export function openLink(
  key: Uint8Array,
  text: string,
  { kind, id, now }: { kind: string; id: string; now: number },
): Link {
  const [body, mac, ...rest] = text.split('.')
  if (!body || !mac || rest.length > 0) throw new Fault('token_invalid')
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(key, body)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Fault('token_invalid')
  const link = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Link
  if (link.kind !== kind || link.id !== id) throw new Fault('token_invalid')
  if (link.until <= now) throw new Fault('link_used')
  return link
}

const macOf = (key: Uint8Array, body: string): Buffer => createHmac('sha256', key).update(`link|${body}`).digest()

/** What `mintLink` makes, at the end of an address: the signature is 32 bytes. */
const minted = /([?&]token=)[\w-]+\.[\w-]{43}(?![\w-])/g

/** A copy of JSON for people to read. Whoever has the whole of a link can use it. */
export function withoutLinks(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(minted, '$1[redacted]')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutLinks)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutLinks(item)]))
}
