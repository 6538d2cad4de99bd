import { expect, test } from 'vitest'
import { codesOf, configOf, ours } from '../testing/compiled.ts'

const asking = (field: string) =>
  ours(`- id: ask
  action: collect_info
  extract_fields:
    - {key: value, ${field}}
  required_fields: [value]
  next_step: end`)

test('bounds of a day and of a number are kept with the field', () => {
  const boundsOf = (field: string) => configOf(asking(field), 'ask', 'collect')['fields']
  expect(boundsOf('type: date, min: today, max: +30d')).toMatchObject([{ min: 'today', max: '+30d' }])
  expect(boundsOf('type: amount, min: 1, max: 99.5')).toMatchObject([{ min: 1, max: 99.5 }])
})

test.each([
  'type: date, min: soon',
  'type: date, min: 5',
  'type: date, max: 2026-13-45',
  'type: amount, min: today',
  'type: text, max: 3',
  'min: 3',
  'type: amount, min: 5, max: 4',
  'type: date, min: +3d, max: today',
])('a bound that means nothing is refused: %s', (field) => {
  expect(codesOf(asking(field))).toEqual(['bound_invalid'])
})

test.each(["'(a'", "'(?=x)y'", "'(a)\\1'"])(
  'a pattern that could take for ever, or cannot be read, is refused: %s',
  (pattern) => {
    expect(asking(`pattern: ${pattern}`).diagnostics).toMatchObject([
      { code: 'pattern_invalid', line: 9, path: 'steps.ask.extract_fields.0.pattern' },
    ])
  },
)

test.each([
  ["'(?=x)y'", 'This pattern cannot be used: `(?=` is not known here.', /^Look-ahead/],
  ["'(a'", 'This pattern cannot be used: missing closing ): `(a`.', /^Close every bracket/],
])('and it is said what is wrong with it, and what to do: %s', (pattern, message, fix) => {
  const [told] = asking(`pattern: ${pattern}`).diagnostics
  expect(told).toMatchObject({ message })
  expect(told?.fix).toMatch(fix)
})

test('one that would take for ever on another engine does not here', () => {
  expect(asking("pattern: '^(a+)+$'").ok).toBe(true)
})

test('an unknown key of a field is told with what was meant', () => {
  expect(asking('type: date, mim: today').diagnostics).toMatchObject([
    { code: 'unknown_key', line: 9, fix: 'Did you mean "min"?' },
  ])
})
