import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, wordTest } from './words.ts'

describe('one of some words', () => {
  it('is found exactly when it folds to one of them', () => {
    // İ folds to two characters, the Kelvin sign to a plain k.
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', 'k', 'K', '\u212a', 'İ', 'i', '\u0307', 'ß', 'ẞ', 'Σ', '𐐀', '𐐨'),
    })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), text, (words, one) => {
        expect(wordTest(words)(one)).toBe(words.some((word) => fold(word) === fold(one)))
      }),
      { numRuns: 500 },
    )
  })

  it('may be refused by its length, since no character but one folds to more or fewer, and that one leaves a mark', () => {
    const changing: string[] = []
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point)
      if (fold(character).length !== character.length) changing.push(character)
    }
    expect(changing).toEqual(['İ'])
    expect(fold('İ')).toBe('i\u0307')
  })
})
