import { createHmac, timingSafeEqual } from 'node:crypto'

/** `<value>.<hmac>`, base64url. What is signed for one purpose opens for no other; a key without any is for one thing alone. */
export function sign(key: Uint8Array, value: object, purpose?: string): string {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${body}.${macOf(key, body, purpose).toString('base64url')}`
}

/** Undefined for anything that we did not sign for this. */
export function openSigned(key: Uint8Array, text: string, purpose?: string): unknown {
  // No other letters: one of them ends the name of a purpose.
  const [, body, mac] = /^([\w-]+)\.([\w-]+)$/.exec(text) ?? []
  if (!body || !mac) return undefined
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(key, body, purpose)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
}

const macOf = (key: Uint8Array, body: string, purpose?: string): Buffer =>
  createHmac('sha256', key)
    .update(purpose === undefined ? body : `${purpose}|${body}`)
    .digest()
