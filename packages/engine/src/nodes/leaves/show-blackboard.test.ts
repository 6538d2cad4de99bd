import { expect, it } from 'vitest'
import { build, node, play, specOf } from '../../testing/play.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const shown = async (root: NodeSpec): Promise<unknown[]> => {
  const { status, trace } = await play(root, { cells: { a: 1, b: 'x' } })
  expect(status).toBe('success')
  return trace.flatMap((event) => (event.kind === 'log' ? [[event.level, event.message, event.data]] : []))
}
const show = node('showBlackboard')

it('showBlackboard tells who watches every field with where it came from', async () => {
  const cells = { a: { value: 1, by: 'system' }, b: { value: 'x', by: 'system' } }
  expect(await shown(show)).toEqual([['info', 'blackboard', cells]])
})

it('showBlackboard tells what was just written, and what is not confirmed as such', async () => {
  const root = node('sequence', undefined, node('call', { name: 'c' }), node('forget', { key: 'a' }), show)
  const [[, , data]] = (await shown(root)) as [[string, string, object]]
  expect(data).toMatchObject({ c: { value: { name: 'c' }, by: 'tool' }, b: { value: 'x' } })
})

it('showBlackboard in a branch tells what can be read there, not what the other branch wrote', async () => {
  const branch = (key: string): NodeSpec => ({
    ...node('sequence', undefined, node('write', { key, value: key }), show),
    name: key,
  })
  const told = await shown(node('parallel', {}, branch('left'), branch('right')))
  const keys = told.map((one) => Object.keys((one as [string, string, object])[2]).toSorted())
  expect(keys).toEqual([
    ['a', 'b', 'left'],
    ['a', 'b', 'right'],
  ])
})

it('showBlackboard takes no config and no child', () => {
  expect(() => build(specOf(node('showBlackboard', { x: 1 })))).toThrow('t: ')
  expect(() => build(specOf(node('showBlackboard', undefined, show)))).toThrow('"showBlackboard" takes 0 children')
})
