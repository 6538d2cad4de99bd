import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createVault, hashToken, mintToken, randomKey, sameToken, Secret } from './index.ts'

const vault = createVault({ kek: randomKey('kek-1') })
const place = { tenantId: 't1', name: 'shop', version: 1 }
const wrapped = vault.newDataKey('t1')
const sealed = vault.sealCredential(wrapped, place, new Secret('s3cret'))

test('a credential opens at its own place', () => {
  expect(vault.openCredential(wrapped, place, sealed).reveal()).toBe('s3cret')
})

test.each([
  ['another tenant', { ...place, tenantId: 't2' }],
  ['another name', { ...place, name: 'shop2' }],
  ['another version', { ...place, version: 2 }],
  ['a name that runs into the version', { ...place, name: 'shop|1:1' }],
])('a credential moved to %s does not open', (_, elsewhere) => {
  expect(() => vault.openCredential(wrapped, elsewhere, sealed)).toThrow(/cannot be opened/)
})

test("another tenant's data key opens nothing, nor does it unwrap as this tenant's", () => {
  const other = vault.newDataKey('t2')
  expect(() => vault.openCredential(other, place, sealed)).toThrow(/cannot be opened/)
  expect(() => vault.openCredential(other, { ...place, tenantId: 't2' }, sealed)).toThrow(/cannot be opened/)
})

test('another key-encryption key opens nothing', () => {
  const stranger = createVault({ kek: randomKey('kek-1') })
  expect(() => stranger.openCredential(wrapped, place, sealed)).toThrow(/cannot be opened/)
})

test('a secret shows itself only when asked', () => {
  const secret = new Secret('s3cret')
  expect(`${String(secret)}${JSON.stringify({ secret })}${inspect({ secret }, { showHidden: true })}`).not.toContain(
    's3cret',
  )
  expect(secret.reveal()).toBe('s3cret')
})

test('tokens carry 256 random bits behind their prefix and compare by content', () => {
  const token = mintToken('copse_boot')
  expect(token).toMatch(/^copse_boot_[A-Za-z0-9_-]{43}$/)
  expect(mintToken('copse_boot')).not.toBe(token)
  expect(sameToken(token, token)).toBe(true)
  expect(sameToken(token, `${token}x`)).toBe(false)
  expect(sameToken('', token)).toBe(false)
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/)
})
