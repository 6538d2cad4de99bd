import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

describe('the word that was meant', () => {
  const words = ['status', 'state', 'total', 'order_date', 'días']

  it.each([
    ['statsu', 'status'],
    ['Status', 'status'],
    ['stat', 'state'],
    ['totl', 'total'],
    ['orderdate', 'order_date'],
    ['dias', 'días'],
    ['x', undefined],
    ['something_else', undefined],
    ['', undefined],
  ])('for %j is %j', (word, expected) => {
    expect(nearest(word, words)).toBe(expected)
  })

  it('is not looked for among what is too long, or too much', () => {
    const started = performance.now()
    expect(nearest('x'.repeat(100_000), ['x'.repeat(100_000)])).toBeUndefined()
    expect(
      nearest(
        'needle',
        Array.from({ length: 100_000 }, () => 'noodles'),
      ),
    ).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(500)
  })
})
