import { createVault, keyOf, type CredentialPlace, type Secret } from '@copse/vault'

/** packages/vault's vault as a class, so that Nest can inject it by type. */
export abstract class Vault {
  abstract newDataKey(tenantId: string): string
  abstract assertOpens(tenantId: string, wrappedDataKey: string): void
  abstract sealCredential(wrappedDataKey: string, place: CredentialPlace, value: Secret): string
  abstract openCredential(wrappedDataKey: string, place: CredentialPlace, sealed: string): Secret
}

/** `<id>:<base64 of 32 bytes>` */
export function vaultOf(kek: string): Vault {
  const [id = '', bytes = ''] = kek.split(':')
  return createVault({ kek: keyOf(id, Buffer.from(bytes, 'base64')) })
}
