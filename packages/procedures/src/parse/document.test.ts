import { describe, expect, test } from 'vitest'
import { parseDocument } from './document.ts'
import { toJson, valueAt } from './value.ts'

const codesOf = (source: string) => parseDocument(source).faults.map(({ code }) => code)

test('every value knows its line and column', () => {
  const { root } = parseDocument('a:\n  - b: "x"\n    c: 7\n')
  expect(valueAt(root!, ['a', 0, 'c'])).toMatchObject({ line: 3, column: 8, value: 7 })
  expect(valueAt(root!, ['a', 0])).toMatchObject({ line: 2, column: 5 })
  expect(valueAt(root!, ['a', 0, 'b'])).toMatchObject({ line: 2, column: 8, textOffset: 1 })
})

test('a text that goes on in the next line does not say where its words stand', () => {
  const { root } = parseDocument('a: one\n  two\nb: "one\n  two"\nc: one\n')
  const offsets = ['a', 'b', 'c'].map((key) => valueAt(root!, [key]))
  expect(offsets).toMatchObject([{ textOffset: undefined }, { textOffset: undefined }, { textOffset: 0 }])
})

test('an alias stands for what its anchor holds', () => {
  const { root, faults } = parseDocument('a: &x {k: 1}\nb: *x')
  expect(faults).toEqual([])
  expect(toJson(root!)).toEqual({ a: { k: 1 }, b: { k: 1 } })
})

test('a number that would be rounded is refused, for an order number must not become another one', () => {
  const { faults } = parseDocument('a: 1\nb: 12345678901234567890\nc: 123456789012345')
  expect(faults).toMatchObject([{ code: 'invalid_value', line: 2, column: 4, fix: 'Put it in quotes, as text.' }])
})

test('a key that JavaScript treats as special is refused and poisons nothing', () => {
  const { root, faults } = parseDocument('__proto__: {admin: true}\na: 1')
  expect(faults).toMatchObject([{ code: 'invalid_key', line: 1, column: 1 }])
  expect((toJson(root!) as { admin?: boolean }).admin).toBeUndefined()
})

test('what follows from one token that does not fit is not told beside it', () => {
  const { faults } = parseDocument('a:\n  say: {en: Hello {{name}}, and you}\n  next: b\n  c: d\n')
  expect(faults).toMatchObject([
    { line: 2, column: 19, message: expect.stringContaining('does not fit'), fix: expect.stringContaining('quotes') },
  ])
})

describe('hostile text is refused before it costs anything', () => {
  const levels = 'abcdefghij'
  const bomb = levels.split('').map(
    (name, i) =>
      `${name}: &${name} [${Array(9)
        .fill(i ? `*${levels[i - 1]}` : 'x')
        .join(', ')}]`,
  )

  test.each([
    ['a million bytes', 'x'.repeat(1_000_001), 'too_large'],
    ['brackets', '['.repeat(100_000), 'too_deep'],
    ['braces', '{a: '.repeat(1000), 'too_deep'],
    ['lists within lists', '- '.repeat(50_000), 'too_deep'],
    ['keys within keys', '? '.repeat(50_000), 'too_deep'],
    ['stairs', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'), 'too_deep'],
    ['a billion laughs', bomb.join('\n'), 'too_large'],
    ['very many keys', Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n'), 'too_large'],
    ['quotes', '"'.repeat(900_000), 'too_large'],
  ])('%s', (_, source, code) => {
    expect(codesOf(source)).toEqual([code])
  })

  test('an anchor that holds itself', () => {
    expect(codesOf('a: &x [*x]')).toEqual(['alias_unknown'])
  })

  test('sixty levels and a long folded text are no attack', () => {
    expect(codesOf(`${'{a: '.repeat(60)}1${'}'.repeat(60)}`)).toEqual([])
    expect(codesOf(`a: >\n  ${'word '.repeat(50_000)}`)).toEqual([])
  })
})
