import { expect, test } from 'vitest'
import { ask, entered, input, no, node, ok, play } from '../../testing/play.ts'

test('a sequence runs its children in order and succeeds after the last', async () => {
  const played = await play(node('sequence', undefined, ok('a'), ok('b'), ok('c')))
  expect(played.status).toBe('success')
  expect(entered(played)).toEqual(['t', 'a', 'b', 'c'])
})

test('a sequence stops at the first failure and carries its code and reason', async () => {
  const played = await play(node('sequence', undefined, ok('a'), no('b', 'not_found'), ok('c')))
  expect(played).toMatchObject({ status: 'failure', failure: { code: 'not_found', reason: 'b said no' } })
  expect(entered(played)).toEqual(['t', 'a', 'b'])
})

test('a sequence that waited goes on where it stood', async () => {
  const played = await play(node('sequence', undefined, ok('a'), ask('b'), ok('c')), { events: [input('x')] })
  expect(played.status).toBe('success')
  expect(entered(played)).toEqual(['t', 'a', 'b', 'c'])
})

test('a sequence awaits a child that takes time and waits, in any mixture', async () => {
  const children = [node('call', { name: 'one' }), ok('a'), ask('b'), node('call', { name: 'two' }), ask('c'), ok('d')]
  const played = await play(
    node('sequence', undefined, ...children.map((child, index) => ({ ...child, name: `n${index}` }))),
    { events: [input(1), input(2)] },
  )
  expect(played.status).toBe('success')
  expect(entered(played)).toEqual(['t', 'n0', 'n1', 'n2', 'n3', 'n4', 'n5'])
})
