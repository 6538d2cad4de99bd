import { expect, it } from 'vitest'
import { build, node, ok, specOf } from '../../testing/play.ts'
import { standings } from '../../testing/standings.ts'

it('succeed succeeds', async () => {
  expect(await standings(node('succeed'))).toEqual(['success'])
})

it.each([
  ['a child', node('succeed', undefined, ok('a')), '"succeed" takes 0 children, not 1'],
  ['a config', node('succeed', { x: 1 }), 't: '],
])('succeed is refused with %s', (_, root, message) => {
  expect(() => build(specOf(root))).toThrow(message)
})
