import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { Fault } from '@copse/contracts'

/** A 256-bit key and the name under which sealed texts refer to it. A KeyObject does not print its bytes. */
export interface Key {
  readonly id: string
  readonly material: KeyObject
}

const keyBytes = 32

export function keyOf(id: string, bytes: Uint8Array): Key {
  if (!/^[a-z0-9-]{1,64}$/.test(id)) throw new Fault('config_invalid', { detail: 'A key id is a-z, 0-9 and "-".' })
  if (bytes.length !== keyBytes) throw new Fault('config_invalid', { detail: `Key ${id} must have ${keyBytes} bytes.` })
  return { id, material: createSecretKey(bytes) }
}

export const randomKey = (id: string): Key => keyOf(id, randomBytes(keyBytes))

/** A key of its own per purpose, from a token of at least 256 bits (never from a password). */
export function deriveKey(token: string, purpose: string): Key {
  return keyOf(purpose, new Uint8Array(hkdfSync('sha256', token, '', `copse|${purpose}`, keyBytes)))
}
