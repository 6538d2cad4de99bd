import { expect, test } from 'vitest'
import { outcomeOfAnswer, readPath } from './operations.ts'

test('a path reads what the answer itself holds, and nothing that every object has', () => {
  const answer = { order: { lines: [{ sku: 'A-1' }], paid: false, note: null } }
  expect(readPath(answer, 'order.lines.0.sku')).toBe('A-1')
  expect(readPath(answer, 'order.paid')).toBe(false)
  expect(readPath(answer, 'order.note')).toBeNull()
  expect(readPath(answer, '')).toBe(answer)
  for (const path of ['constructor', 'order.toString', 'order.lines.map', '__proto__', 'order.note.x', 'order.paid.x'])
    expect(readPath(answer, path), path).toBeUndefined()
})

test('an answer that says found: false or ok: false is a no, with its own code and reason', () => {
  expect(outcomeOfAnswer({ found: false })).toEqual({
    status: 'no',
    code: 'not_found',
    reason: '',
    data: { found: false },
  })
  expect(outcomeOfAnswer({ ok: false, code: 'too_late', reason: 'Over.' })).toMatchObject({
    status: 'no',
    code: 'too_late',
    reason: 'Over.',
  })
  expect(outcomeOfAnswer({ ok: true, repeated: true })).toMatchObject({ status: 'ok', repeated: true })
  expect(outcomeOfAnswer({ found: null, ok: 0 })).toMatchObject({ status: 'ok' })
})
