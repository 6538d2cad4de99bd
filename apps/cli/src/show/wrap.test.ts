import { expect, test } from 'vitest'
import { wrap } from './wrap.ts'

test('what is too wide goes on under where it began, and nothing of it is lost', () => {
  expect(wrap('  knows order = found true, total 34.5', 24)).toBe('  knows order = found\n        true, total 34.5')
  expect(wrap('turn 1  2026-04-14 took 0 ms', 20)).toBe('turn 1  2026-04-14\n  took 0 ms')
  expect(wrap('short\n\n  and short', 20)).toBe('short\n\n  and short')
})

test('a word without a space is broken where the width ends', () => {
  expect(wrap('{"a":"0123456789"}', 10)).toBe('{"a":"0123\n  456789"}')
})

test('colours take no room', () => {
  expect(wrap('\u001b[1mone\u001b[22m \u001b[2mtwo\u001b[22m three', 7)).toBe(
    '\u001b[1mone\u001b[22m \u001b[2mtwo\u001b[22m\n  three',
  )
})
