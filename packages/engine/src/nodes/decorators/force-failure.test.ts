import { expect, it } from 'vitest'
import { ask, input, no, node, ok } from '../../testing/play.ts'
import { standings } from '../../testing/standings.ts'

const late = node('sequence', undefined, ask('w'), no('a'))

it.each([
  ['success', ok('a'), [], ['failure forced']],
  ['failure, whose code stays', no('a'), [], ['failure a']],
  ['success after a wait', ask('w'), [input(1)], ['running input', 'failure forced']],
  ['failure after a wait', late, [input(1)], ['running input', 'failure a']],
])('forceFailure makes failure of %s', async (_, child, events, expected) => {
  expect(await standings(node('forceFailure', undefined, child), { events })).toEqual(expected)
})
