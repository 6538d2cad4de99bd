import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { Fault } from '@copse/contracts'
import { z } from 'zod'

const prefix = 'copse_op'

const claims = z.strictObject({
  /** The one tenant whose process it opens. */
  tenant: z.string().min(1),
  /** Who asks: it stands beside what they decide. */
  who: z.string().min(1).max(128),
  /** read: look. operate: look and decide. */
  can: z.enum(['read', 'operate']),
  /** ms; not valid from then on. */
  until: z.number().int(),
})
export type OperatorClaims = z.infer<typeof claims>

/** Signs with one half and lets everybody check with the other, so that a tenant's process needs to ask nobody. */
export interface OperatorKeys {
  /** PKCS#8, base64. A secret. */
  privateKey: string
  /** SPKI, base64. */
  publicKey: string
}

export function createOperatorKeys(): OperatorKeys {
  const { privateKey } = generateKeyPairSync('ed25519')
  return keysOf(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))
}

/** Both halves of a private key that was kept. Fault `config_invalid` for anything else. */
export function keysOf(privateKey: string): OperatorKeys {
  const spki = createPublicKey(privateOf(privateKey)).export({ type: 'spki', format: 'der' })
  return { privateKey, publicKey: spki.toString('base64') }
}

/** `copse_op.<claims>.<signature>`, base64url. Valid until its time is over: keep that short. */
export function mintOperatorToken({ privateKey }: OperatorKeys, given: OperatorClaims): string {
  const body = `${prefix}.${Buffer.from(JSON.stringify(claims.parse(given))).toString('base64url')}`
  return `${body}.${sign(null, Buffer.from(body), privateOf(privateKey)).toString('base64url')}`
}

/** Fault `token_invalid`, which says why only when we signed it ourselves. */
export function verifyOperatorToken(
  token: string,
  publicKey: string,
  { tenant, now }: { tenant: string; now: number },
): OperatorClaims {
  const [name, body, signature, ...rest] = token.split('.')
  if (name !== prefix || !body || !signature || rest.length > 0) throw new Fault('token_invalid')
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' })
  if (!verify(null, Buffer.from(`${name}.${body}`), key, Buffer.from(signature, 'base64url'))) {
    throw new Fault('token_invalid')
  }
  const found = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  if (found.tenant !== tenant) throw new Fault('token_invalid', { detail: 'It is for another tenant.' })
  if (found.until <= now) throw new Fault('token_invalid', { detail: 'Its time is over. Ask for a new one.' })
  return found
}

function privateOf(privateKey: string): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
  } catch (cause) {
    throw new Fault('config_invalid', { detail: 'The key that signs operator tokens is not whole.', cause })
  }
}
