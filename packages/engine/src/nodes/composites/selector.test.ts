import { expect, test } from 'vitest'
import { ask, build, entered, input, no, node, ok, play, specOf, turn } from '../../testing/play.ts'
import { advance } from '../../run/advance.ts'

const answer = async () => ({ status: 'no', code: 'nope', reason: '' }) as const

test('a selector takes the first child that succeeds and runs no other', async () => {
  const played = await play(node('selector', undefined, no('a'), ok('b'), ok('c')))
  expect(played.status).toBe('success')
  expect(played.failure).toBeUndefined()
  expect(entered(played)).toEqual(['t', 'a', 'b'])
})

test('a selector that fails carries the reasons of all its children', async () => {
  const played = await play(node('selector', undefined, no('a', 'closed'), no('b', 'unknown')))
  expect(played.failure).toEqual({ code: 'all_failed', reason: 'closed: a said no; unknown: b said no' })
})

test('a selector remembers the failures from before a wait', async () => {
  const tree = build(specOf(node('selector', undefined, no('a'), node('invert', undefined, ask('b')), no('c'))))
  const first = await advance(tree, {}, turn())
  expect(first.status).toBe('running')
  const last = await advance(tree, { snapshot: first.snapshot, event: input('x') }, turn())
  expect(last.failure?.reason).toBe('a: a said no; inverted: the opposite was asked for; c: c said no')
})

test('a selector tries the next child after one that took its time to fail', async () => {
  const played = await play(
    node('selector', undefined, node('call', { name: 'x' }), ok('b')),
    {},
    { services: { answer } },
  )
  expect(played.status).toBe('success')
  expect(entered(played)).toEqual(['t', 'call', 'b'])
})
