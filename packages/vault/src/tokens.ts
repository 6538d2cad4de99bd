import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits behind a prefix that says what it is, e.g. `copse_admin_…`. Show it once, store `hashToken`. */
export const mintToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`

/** A plain hash is right for a token of 256 random bits; a password would need a slow one. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Compares hashes, so that neither content nor length shows in the time taken. */
export function sameToken(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)))
}
