import { describe, expect, it } from 'vitest'
import { compile, parse } from '../index.ts'

const refusal = (text: string): string => {
  const result = parse(text)
  return result.ok ? 'parsed' : (result.faults[0]?.message ?? '')
}

describe('hostile text', () => {
  it.each([
    ['ten thousand parentheses', '('.repeat(10_000), 'The condition has more than 1000 words and signs.'],
    [
      'nine hundred parentheses',
      `${'('.repeat(450)}a${')'.repeat(450)}`,
      'More than 32 levels of parentheses and NOT.',
    ],
    ['nine hundred times NOT', `${'not '.repeat(900)}a`, 'More than 32 levels of parentheses and NOT.'],
    ['a megabyte of words', 'a and '.repeat(170_000), 'The condition is longer than 10000 characters.'],
    ['a megabyte without an end', `a == "${'\\"'.repeat(500_000)}`, 'The condition is longer than 10000 characters.'],
    ['a quote that never closes', `a == "${'\\"'.repeat(4_900)}`, 'This quote is not closed.'],
    ['a placeholder that never closes', `{{${' a'.repeat(4_900)}`, '`{` means nothing here.'],
    ['a long run of signs', `a ${'='.repeat(9_000)}`, /means nothing here/],
    ['a long run of dots', `a${'.'.repeat(9_000)} == 1`, /is not a field/],
    ['digits without a number', `a == ${'1'.repeat(4_000)}.${'1'.repeat(4_000)}.x`, /neither a word nor a field/],
  ])('is refused at once: %s', (_, text, message) => {
    const started = performance.now()
    expect(refusal(text)).toMatch(message)
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('reaches no prototype through a field, an operator or a value', () => {
    const read: string[] = []
    const env = { read: (path: string) => void read.push(path), now: 0 }
    for (const name of ['__proto__', 'constructor', 'a.constructor.name', 'toString', 'hasOwnProperty']) {
      const result = parse(`${name} == x or x in [${name}] or x == {{${name}}}`)
      if (!result.ok) throw new Error(JSON.stringify(result.faults))
      expect(compile(result.condition).evaluate(env)).toBeUndefined()
      expect(refusal(`x ${name} 3`)).toMatch(/^Expected AND, OR or the end/)
    }
    expect(new Set(read)).toContain('a.constructor.name')
  })

  it('does not take long over long values', () => {
    const result = parse('x >= 80 or x within 30 days or x == 2026-01-31 or x contains zz')
    if (!result.ok) throw new Error(JSON.stringify(result.faults))
    const started = performance.now()
    for (const x of [' '.repeat(1_000_000), '1'.repeat(1_000_000), `2026-${'0'.repeat(1_000_000)}`]) {
      expect(compile(result.condition).evaluate({ read: () => x, now: 0 })).not.toBe(true)
    }
    expect(performance.now() - started).toBeLessThan(500)
  })
})
