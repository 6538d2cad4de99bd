import { expect, test } from 'vitest'
import { claimedTwice } from './claimed-twice.ts'

test('words that start two procedures are told, however they are written', () => {
  const found = claimedTwice([
    { id: 'table', triggers: ['book a table', '¿Dónde está?'] },
    { id: 'room', triggers: ['Book a  table!', 'donde esta', 'book a room', 'book a room.'] },
  ])
  expect(found).toMatchObject([
    { code: 'trigger_taken', severity: 'error', file: 'room', message: expect.stringContaining('and so is "table"') },
    { code: 'trigger_taken', message: expect.stringContaining('"donde esta"') },
  ])
})

test('a phrase that only begins like another is its own', () => {
  const two = [
    { id: 'a', triggers: ['refund'] },
    { id: 'b', triggers: ['refund status'] },
  ]
  expect(claimedTwice(two)).toEqual([])
})
