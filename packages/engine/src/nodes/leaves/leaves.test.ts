import { expect, test } from 'vitest'
import { build, node, ok, play, specOf, valueOf } from '../../testing/play.ts'

test('a result is still there for a sibling after another one has waited', async () => {
  const quiet = node('forceSuccess', undefined, node('parked', { name: 'x' }))
  const spec = node('sequence', undefined, node('wait', { kind: 'input' }), quiet, node('noteLast', { key: 'got' }))
  const played = await play(spec, {
    events: [
      { kind: 'input', data: 'kept' },
      { kind: 'event', data: 'dropped' },
    ],
  })
  expect(valueOf(played.snapshot, 'got')).toBe('kept')
})

test('a leaf takes no children', () => {
  expect(() => build(specOf(node('succeed', undefined, ok('a'))))).toThrow('"succeed" takes 0 children, not 1')
})
