import { inspect } from 'node:util'
import { Fault } from '@copse/contracts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveKey, keyOf, open, randomKey, seal } from './index.ts'

const key = randomKey('k1')
const canary = 'canary-3f1d'
const sealed = seal(key, canary, 'here')

function refusal(attempt: () => unknown): Fault {
  try {
    attempt()
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return error as Fault
  }
  throw new Error('it opened')
}

describe('a sealed text', () => {
  test('opens to what was sealed, whatever the text and the associated data', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plaintext, place) => {
        expect(open(key, seal(key, plaintext, place), place).toString('utf8')).toBe(plaintext)
      }),
    )
  })

  test('differs each time, so that equal secrets do not look equal', () => {
    expect(seal(key, canary, 'here')).not.toBe(seal(key, canary, 'here'))
  })

  test('is refused after a change of any bit of any byte', () => {
    const bytes = Buffer.from(sealed)
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        for (const encoding of ['utf8', 'latin1'] as const) {
          expect(refusal(() => open(key, changed.toString(encoding), 'here')).code).toBe('secret_unreadable')
        }
      }
    }
  })

  test('is refused when truncated anywhere or extended', () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(refusal(() => open(key, sealed.slice(0, length), 'here')).code).toBe('secret_unreadable')
    }
    for (const extra of ['A', '.', '.AA', '=', ' ', '\n']) {
      expect(refusal(() => open(key, sealed + extra, 'here')).code).toBe('secret_unreadable')
    }
  })

  test('is refused with another key, even one of the same id, and at another place', () => {
    expect(refusal(() => open(randomKey('k1'), sealed, 'here')).code).toBe('secret_unreadable')
    expect(refusal(() => open(randomKey('k2'), sealed, 'here')).code).toBe('secret_unreadable')
    expect(refusal(() => open(key, sealed, 'there')).code).toBe('secret_unreadable')
  })

  test('leaks nothing in its refusal', () => {
    const fault = refusal(() => open(key, `${sealed}A`, 'here'))
    const shown = `${inspect(fault, { depth: 9 })}${fault.stack}${JSON.stringify(fault)}`
    expect(shown).not.toContain(canary)
    expect(shown).not.toContain(sealed.split('.')[4])
    expect(fault.cause).toBeUndefined()
  })
})

describe('a derived key', () => {
  test('is the same for the same token and purpose, and another for any other', () => {
    const text = seal(deriveKey('token', 'bundle'), canary, 'x')
    expect(open(deriveKey('token', 'bundle'), text, 'x').toString()).toBe(canary)
    expect(refusal(() => open(deriveKey('other', 'bundle'), text, 'x')).code).toBe('secret_unreadable')
    const renamed = { id: 'bundle', material: deriveKey('token', 'cookie').material }
    expect(refusal(() => open(renamed, text, 'x')).code).toBe('secret_unreadable')
  })
})

test('a key of the wrong length is refused before it seals anything', () => {
  expect(refusal(() => keyOf('short', Buffer.alloc(16))).code).toBe('config_invalid')
  expect(inspect(key, { depth: 9 })).not.toContain(key.material.export().toString('hex'))
})
