import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOperatorKeys, keysOf, mintOperatorToken, verifyOperatorToken } from './operator-token.ts'

const keys = createOperatorKeys()
const given = { tenant: 't1', who: 'ana', can: 'operate', until: 10_000 } as const
const token = mintOperatorToken(keys, given)
const check = (text: string, more: { tenant?: string; now?: number } = {}, key = keys.publicKey) =>
  verifyOperatorToken(text, key, { tenant: 't1', now: 9_999, ...more })

describe('an operator token', () => {
  it('says whose it is, for which tenant, what they can do and how long, to whoever has the public half', () => {
    expect(check(token)).toEqual(given)
    expect(keysOf(keys.privateKey).publicKey).toBe(keys.publicKey)
  })

  it('opens no other tenant, and nothing once its time is over', () => {
    expect(() => check(token, { tenant: 't2' })).toThrow('for another tenant')
    expect(() => check(token, { now: 10_000 })).toThrow('Its time is over')
  })

  it('of another key is refused', () => {
    expect(() => check(token, {}, createOperatorKeys().publicKey)).toThrow('not valid here')
  })

  it('is refused whatever is changed in it', () => {
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom('A', 'z', '.', '_', ' '), (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1)
        // The last character of a signature has two bits that mean nothing.
        fc.pre(changed !== token && at < token.length - 1)
        expect(() => check(changed)).toThrow()
      }),
    )
  })

  it.each(['', 'copse_op', 'copse_op..', 'copse_op.a.b.c', `${token}.`, 'x'.repeat(10_000)])('is not %j', (text) => {
    expect(() => check(text)).toThrow('not valid here')
  })
})
