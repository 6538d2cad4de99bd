import { expect, it } from 'vitest'
import { ask, input, no, node, ok } from '../../testing/play.ts'
import { standings } from '../../testing/standings.ts'

const late = node('sequence', undefined, ask('w'), no('a'))

it.each([
  ['success', ok('a'), [], ['failure inverted']],
  ['failure', no('a'), [], ['success']],
  ['success that took its time', node('call', { name: 'x' }), [], ['failure inverted']],
  ['success after a wait', ask('w'), [input(1)], ['running input', 'failure inverted']],
  ['failure after a wait', late, [input(1)], ['running input', 'success']],
])('invert turns %s into the opposite', async (_, child, events, expected) => {
  expect(await standings(node('invert', undefined, child), { events })).toEqual(expected)
})

it('invert twice is what the child says, but for the code', async () => {
  const twice = (child = no('a')) => node('invert', undefined, node('invert', undefined, child))
  expect(await standings(twice())).toEqual(['failure inverted'])
  expect(await standings(twice(ok('a')))).toEqual(['success'])
})
