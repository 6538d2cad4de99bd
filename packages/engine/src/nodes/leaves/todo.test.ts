import { expect, it } from 'vitest'
import { build, entered, node, play, specOf } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'

const open = node('todo', { note: 'ask the bank' })

it('todo fails with its note, and is not tried again', async () => {
  const played = await play(node('retry', { attempts: 3 }, open))
  expect(played.failure).toEqual({ code: 'todo', reason: 'ask the bank', retryable: false })
  expect(entered(played)).toEqual(['t', 'todo'])
})

it('todo is warned of when the tree is compiled, each by its id', () => {
  const { warnings } = build(specOf(node('sequence', undefined, open, { ...open, name: 'later' })))
  expect(warnings).toEqual([
    { id: 't/todo', message: 'still to be done: ask the bank' },
    { id: 't/later', message: 'still to be done: ask the bank' },
  ])
})

it.each<Json>([{}, { note: '' }, { note: 1 }])('todo of %j is refused', (config) => {
  expect(() => build(specOf(node('todo', config)))).toThrow('t: config.note')
})
