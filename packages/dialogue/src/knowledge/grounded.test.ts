import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isGrounded } from './grounded.ts'

const word = fc.constantFrom(
  'open',
  'at',
  '09:00',
  '€20',
  '1,500.50',
  'https://a.example/x?y=1',
  'b@c.example',
  'www.d.example',
  '٣',
  '.',
)
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

it('lets through whatever is made of the words of the passages, in any order', () => {
  fc.assert(
    fc.property(text, fc.func(fc.integer()), (source, order) => {
      const answer = source
        .split(' ')
        .toSorted((a, b) => order(a) - order(b))
        .join(' ')
      expect(isGrounded(answer, [{ headings: [], text: source }])).toBe(true)
    }),
  )
})

it('lets no number and no place through that is not in them, wherever it stands', () => {
  const foreign = fc.constantFrom('7', '10:30', '€21', 'https://evil.example', 'x@evil.example', 'evil.example', '٤')
  fc.assert(
    fc.property(text, text, foreign, (before, after, invented) => {
      const passages = [{ headings: ['Hours'], text: `${before} ${after}` }]
      expect(isGrounded(`${before} ${invented} ${after}`, passages)).toBe(false)
    }),
  )
})

it('takes 9:00 for 09:00, and another case of an address for the same', () => {
  const passages = [{ headings: [], text: 'At 09:00, on https://A.example/Prices.' }]
  expect(isGrounded('At 9:00, see https://a.example/prices.', passages)).toBe(true)
})
