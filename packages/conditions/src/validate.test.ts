import { describe, expect, it } from 'vitest'
import { and, compile, exists, not, or, parse, validateCondition, type Condition } from './index.ts'

describe('a condition that arrives as JSON', () => {
  it.each([
    ['x == 3', 'condition: A condition is an object with `op`.'],
    [
      { op: 'constructor', field: 'x' },
      'condition: `op` is one of and, or, not, compare, in, not_in, contains, exists, missing, within, outside, truthy.',
    ],
    [{ op: 'and', of: [] }, 'condition: `of` is a list of conditions.'],
    [{ op: 'and', of: [exists('x'), { op: 'truthy' }] }, 'condition.of.1: This is not a field.'],
    [{ op: 'not', of: [exists('x')] }, 'condition.of: A condition is an object with `op`.'],
    [{ op: 'not', of: { op: 'in', field: 'x', values: 3 } }, 'condition.of: A list of values is needed.'],
    [{ op: 'compare', field: 'x', is: '~', value: 3 }, 'condition: `is` is one of == != < <= > >=.'],
    [{ op: 'compare', field: 'x', is: '==', value: null }, 'condition: A comparison with nothing is never true.'],
    [{ op: 'compare', field: 'a..b', is: '==', value: 3 }, 'condition: "a..b" is not a field.'],
    [{ op: 'within', field: 'x', amount: 3, unit: 'weeks' }, 'condition: `unit` is days, hours or minutes.'],
    [{ op: 'exists', field: 'x', value: 1 }, 'condition: `value` does not belong here; expected op, field.'],
    [
      JSON.parse('{"op":"exists","field":"x","__proto__":{}}'),
      'condition: `__proto__` does not belong here; expected op, field.',
    ],
    [Object.create({ op: 'exists', field: 'x' }), 'condition: `op` is one of'],
  ])('is refused with its place: %j', (json, message) => {
    expect(() => validateCondition(json)).toThrow(message)
  })

  it('is refused when it is too deep or too large', () => {
    let deep: Condition = exists('x')
    for (let level = 0; level < 100; level++) deep = not(deep)
    expect(() => validateCondition(deep)).toThrow('More than 100 conditions inside each other.')
    const wide = { op: 'in', field: 'x', values: Array.from({ length: 6_000 }, (_, index) => index) }
    expect(() => validateCondition(wide)).toThrow('More than 5000 conditions and values.')
  })

  it('is accepted whenever it was parsed, with room for what is composed around it', () => {
    const nested = `${'a or b and ('.repeat(32)}a or b and c${')'.repeat(32)}`
    const longest = parse(`note == "${'x'.repeat(9_900)}"`)
    const deepest = parse(nested)
    for (const result of [longest, deepest]) {
      if (!result.ok) throw new Error(JSON.stringify(result.faults))
      const composed = not(and(or(exists('x'), result.condition), exists('y')))
      expect(validateCondition(composed)).toEqual(composed)
    }
  })
})

describe('composing', () => {
  it('leaves a condition that is alone as it is', () => {
    expect(and(exists('x'))).toEqual(exists('x'))
    expect(compile(or(and(exists('x'), exists('y')), exists('z'))).text).toBe('x exists AND y exists OR z exists')
  })
})
