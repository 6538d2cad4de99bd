import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Fault } from '@copse/contracts'
import type { Key } from './key.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * `bt1.a256gcm.<key id>.<nonce>.<ciphertext>.<tag>`, base64url. The header is part of the associated data, so that
 * no part of the text can be changed. Nonces are random: change the key long before 2^32 seals.
 */
export function seal(key: Key, plaintext: string | Uint8Array, associatedData: string): string {
  const header = headerOf(key)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key.material, nonce)
  cipher.setAAD(Buffer.from(`${header}|${associatedData}`))
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return [header, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

/** Every refusal is the same fault with no detail: what was wrong would help only an attacker. */
export function open(key: Key, text: string, associatedData: string): Buffer {
  const header = headerOf(key)
  const [nonce, sealed, tag, ...rest] = text.startsWith(`${header}.`)
    ? text
        .slice(header.length + 1)
        .split('.')
        .map(decode)
    : []
  if (!nonce || !sealed || !tag || rest.length > 0) throw new Fault('secret_unreadable')
  if (nonce.length !== nonceBytes || tag.length !== tagBytes) throw new Fault('secret_unreadable')
  const decipher = createDecipheriv(algorithm, key.material, nonce)
  decipher.setAAD(Buffer.from(`${header}|${associatedData}`))
  decipher.setAuthTag(tag)
  const plaintext = decipher.update(sealed)
  try {
    decipher.final()
  } catch {
    throw new Fault('secret_unreadable')
  }
  return plaintext
}

const headerOf = (key: Key): string => `bt1.a256gcm.${key.id}`

/** Only the one canonical spelling: base64url has unused bits at the end that would otherwise go unchecked. */
function decode(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : undefined
}
