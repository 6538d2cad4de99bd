import { expect, test } from 'vitest'
import { upcast, type Upcast } from './upcast.ts'

const steps: Upcast[] = [
  (stored) => ({ ...stored, second: 'added' }),
  ({ second, ...rest }) => ({ ...rest, third: second! }),
]

test('a snapshot of today stays what it is', () => {
  const stored = { v: 1, seq: 7 }
  expect(upcast(stored)).toBe(stored)
})

test('an older one goes through every step between, and none before it', () => {
  expect(upcast({ v: 1 }, steps)).toEqual({ v: 3, third: 'added' })
  expect(upcast({ v: 2, second: 'own' }, steps)).toEqual({ v: 3, third: 'own' })
})

test('one of a newer version is refused', () => {
  expect(() => upcast({ v: 2 })).toThrow(expect.objectContaining({ code: 'snapshot_newer' }))
})

test.each([null, 7, [], {}, { v: 'one' }, { v: 0 }, { v: -1 }])('%j is left to the check of the turn', (stored) => {
  expect(upcast(stored, steps)).toEqual(stored)
})
