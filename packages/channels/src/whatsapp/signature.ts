import { createHmac, timingSafeEqual } from 'node:crypto'

/** Meta signs the bytes that it sends with the app's secret. What is not exactly 64 hex digits is no signature. */
export function isSignedBy(appSecret: string, raw: Uint8Array, header: string | undefined): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1]
  if (hex === undefined) return false
  return timingSafeEqual(createHmac('sha256', appSecret).update(raw).digest(), Buffer.from(hex, 'hex'))
}
