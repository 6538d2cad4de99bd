import { keyOf, randomKey, type Key } from './key.ts'
import { open, seal } from './seal.ts'
import { Secret } from './secret.ts'

/** Where a value belongs. It opens nowhere else. */
export interface CredentialPlace {
  tenantId: string
  name: string
  version: number
}

export interface Vault {
  /** A fresh data key for a tenant, wrapped for storage. */
  newDataKey(tenantId: string): string
  /** Throws when the data key was wrapped under another key than ours. */
  assertOpens(tenantId: string, wrappedDataKey: string): void
  sealCredential(wrappedDataKey: string, place: CredentialPlace, value: Secret): string
  openCredential(wrappedDataKey: string, place: CredentialPlace, sealed: string): Secret
}

const dataKeyId = 'dek-1'

/** The data key never leaves this room: callers hold only its wrapped form. */
export function createVault(options: { kek: Key }): Vault {
  const { kek } = options
  const unwrap = (tenantId: string, wrapped: string): Key =>
    keyOf(dataKeyId, open(kek, wrapped, placeText('data-key', tenantId)))
  return {
    newDataKey: (tenantId) => seal(kek, randomKey(dataKeyId).material.export(), placeText('data-key', tenantId)),
    assertOpens: (tenantId, wrapped) => void unwrap(tenantId, wrapped),
    sealCredential: (wrapped, place, value) =>
      seal(unwrap(place.tenantId, wrapped), value.reveal(), credentialText(place)),
    openCredential: (wrapped, place, sealed) =>
      new Secret(open(unwrap(place.tenantId, wrapped), sealed, credentialText(place)).toString('utf8')),
  }
}

const credentialText = (place: CredentialPlace): string =>
  placeText('credential', place.tenantId, place.name, String(place.version))

/** Parts are length-prefixed, so that `a|b` + `c` and `a` + `b|c` are different places. */
const placeText = (...parts: string[]): string => parts.map((part) => `${part.length}:${part}`).join('|')
