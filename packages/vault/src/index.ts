/**
 * vault: secrets sealed and opened, tokens minted and verified. Key-encryption key → one data key per tenant →
 * values, each sealed with associated data that names where it belongs, so that a value copied to another row does
 * not open. It stores nothing and knows nobody: callers keep the sealed text.
 */
export { Secret } from './secret.ts'
export { deriveKey, keyOf, randomKey, type Key } from './key.ts'
export { open, seal } from './seal.ts'
export { createVault, type CredentialPlace, type Vault } from './vault.ts'
export { hashToken, mintToken, sameToken } from './tokens.ts'
export { createOperatorKeys, keysOf, mintOperatorToken, verifyOperatorToken } from './operator-token.ts'
export type { OperatorClaims, OperatorKeys } from './operator-token.ts'
export { mintLink, openLink, withoutLinks, type Link } from './link.ts'
export { openSigned, sign } from './signed.ts'
