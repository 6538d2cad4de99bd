import { expect, it } from 'vitest'
import { ask, input, no, node, ok, play } from '../../testing/play.ts'
import { standings } from '../../testing/standings.ts'

const late = node('sequence', undefined, ask('w'), no('a'))

it.each([
  ['success', ok('a'), [], ['success']],
  ['failure', no('a'), [], ['success']],
  ['success after a wait', ask('w'), [input(1)], ['running input', 'success']],
  ['failure after a wait', late, [input(1)], ['running input', 'success']],
])('forceSuccess makes success of %s, and not before', async (_, child, events, expected) => {
  expect(await standings(node('forceSuccess', undefined, child), { events })).toEqual(expected)
})

it('forceSuccess leaves no failure behind, and does not swallow a fault', async () => {
  expect((await play(node('forceSuccess', undefined, no('a')))).failure).toBeUndefined()
  expect(await standings(node('forceSuccess', undefined, node('boom')))).toEqual(['faulted node_threw'])
})
