import { test } from 'vitest'
import { node, play } from '../../testing/play.ts'
import { memoryJournal } from '../../testing.ts'
test('x', async () => {
  const journal = memoryJournal()
  let n = 0
  const played = await play(node('retry', { attempts: 3 }, node('call', { name: 'x' })), {}, { journal, services: { answer: async () => (n++ < 1 ? { status: 'no', code: 'x', reason: '' } : { status: 'ok', data: {} }) } })
  console.log(played.status, n, journal.entries, journal.performed)
})
