import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from './document.ts'
import type { Value } from './value.ts'
import { parseYaml } from './yaml.ts'

const isPlain = (text: string): boolean => 'root' in parseYaml(text)

/** With a `---` above it, all of YAML is asked. Lines are those of the text alone. */
const atLength = (text: string) => {
  const { root, faults } = parseDocument(`---\n${text}`)
  return { root: root && raised(root), faults: faults.map((one) => ({ ...one, line: one.line - 1 })) }
}

function raised(value: Value): Value {
  const line = value.line - 1
  if (value.kind === 'scalar') return { ...value, line }
  if (value.kind === 'list') return { ...value, line, items: value.items.map(raised) }
  const entries = [...value.entries].map(
    ([name, { key, value: inner }]) => [name, { key: { ...key, line: key.line - 1 }, value: raised(inner) }] as const,
  )
  return { ...value, line, entries: new Map(entries) }
}

test.each([
  ['keys in keys', 'a:\n  b: c\n  d:\n    e: f\ng: h\n'],
  ['lists', '- a\n- b: c\n  d: e\n-   - f\n    - g\n'],
  ['lists below keys', 'a:\n- b\n- c\nd:\n  - e\n'],
  ['brackets', '{a: b, c: [d, {e: f}, ], g: {}}'],
  ['brackets over lines', 'a: [b,\n  c, # why\n  d\n  ]\ne: {f: g,\n  h: i}'],
  ['quotes', `a: "b \\"c\\" \\u00e9"\n"d e": 'it''s'\nf: ""\ng: ''`],
  ['texts over lines', 'a: b\n  c\n\n  d\ne: "f\n  g"\nh: |\n  i\n   j\n\nk: >-\n  l\n  m\n'],
  ['numbers and truths', 'a: 1\nb: -20\nc: +3\nd: true\ne: False\n1: f\ntrue: g\n007: h'],
  ['words that are neither', 'a: 30m\nb: 2026-12-24\nc: -x\nd: Nobody\ne: .\nf: trueish\ng: 1_000\nh: a:b#c'],
  ['comments', '# a\n\nb: c # d\n# e\nf:\n  # g\n  - h\n  # i\n\n# j\n'],
  ['line ends of another kind', 'a: b\r\nc:\r\n  - d # e\r\n'],
])('%s are read without all of YAML, and mean the same with it', (_, text) => {
  expect(isPlain(text)).toBe(true)
  expect(parseDocument(text)).toEqual(atLength(text))
})

test.each([
  'a: &x b\nc: *x',
  'a: !!str 1',
  '%YAML 1.2\n---\na: b',
  'a: b\n---\nc: d',
  '? a\n: b',
  'a: b\na: c',
  '__proto__: {a: b}',
  'a:\nb: c',
  'a: null\nb: ~',
  'a: 1.5',
  'a: 0x1f',
  'a: .inf',
  'a: 1e3',
  'a: 1234567890123456',
  'a: [b, , c]',
  'a: [b: c]',
  'a: {b}',
  'a: [b',
  'a: "b',
  'a: "\\q"',
  'a: b: c',
  ' a: b\nc: d',
  'a:\n\t- b',
  'a: {b: c}#d',
  'a: @b',
])('%j is left to who knows all of YAML', (text) => {
  expect(isPlain(text)).toBe(false)
})

test('a key that is too long to be one is left to who says so', () => {
  expect(isPlain(`${'a'.repeat(1_100)}: b`)).toBe(false)
})

const usual = [
  'a:',
  ' b',
  ': ',
  '- ',
  '\n',
  '\n  ',
  '\n    ',
  'c: d',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"e"',
  "'f'",
  ' # g',
  ' ',
]
const rare = [
  '|\n',
  '>-\n',
  '1',
  '-2',
  '1.5',
  'true',
  '~',
  '&h ',
  '*h',
  '!i ',
  '? ',
  '\t',
  '\\',
  '\r\n',
  '---\n',
  '#',
  '@',
]

test('whatever is put together, what is read without all of YAML is what YAML says', () => {
  const text = fc.array(fc.constantFrom(...usual, ...rare), { minLength: 1, maxLength: 25 }).map((all) => all.join(''))
  fc.assert(
    fc.property(text, (given) => {
      fc.pre(isPlain(given))
      expect(parseDocument(given)).toEqual(atLength(given))
    }),
    { numRuns: 300 },
  )
})
