import { describe, expect, test } from 'vitest'
import { ask, build, called, input, node, ok, play, specOf, turn } from '../testing/play.ts'
import { advance } from './advance.ts'
import { MAX_VISITS } from './state.ts'

describe('what a tree shares with its sessions', () => {
  const changed = { a: ['changed'] }

  test.each([
    ['the wait of a leaf', node('wait', { kind: 'job', key: 'k' }), ['waits', 0, 'wait', 'key']],
    ['a wait that says no more than its kind', node('wait', { kind: 'job' }), ['waits', 0, 'wait', 'kind']],
    [
      'a value that is written',
      node('sequence', undefined, node('write', { key: 'x', value: { a: [1] } }), ask('q')),
      ['snapshot', 'scopes', '', 'x', 'value', 'a', 0],
    ],
    [
      'an item that is gathered',
      node('gather', { items: [{ a: [1] }] }, called('one', ask('q'))),
      ['snapshot', 'scopes', 't/one', 'item', 'value', 'a', 0],
    ],
  ])('cannot be changed through what a host was given: %s', async (_, spec, path) => {
    const tree = build(specOf(spec))
    const first = await advance(tree, {}, turn())
    const before = structuredClone(first.snapshot)
    let at: Record<string | number, unknown> = first as never
    for (const part of path.slice(0, -1)) at = at[part] as never
    expect(at[path.at(-1)!]).toBeDefined()
    expect(() => (at[path.at(-1)!] = changed)).toThrow(TypeError)
    expect((await advance(tree, {}, turn())).snapshot).toEqual(before)
  })
})

test('a session that enters the last nodes it may ends with a fault, and its snapshots can always be taken up', async () => {
  for (const leaves of [1, 255, 256, 257, 258]) {
    const row = Array.from({ length: leaves }, (_, at) => ok(`l${at}`))
    const tree = build(specOf(node('sequence', undefined, ask('q'), ...row, ask('z'))))
    const { snapshot } = await advance(tree, {}, turn())
    for (const left of [0, 1, 254, 255, 256, 257, 258, 511, 512, 513]) {
      const late = { ...snapshot, visits: MAX_VISITS - left }
      const rest = await advance(tree, { snapshot: late, event: input('x') }, turn())
      expect(rest.snapshot.visits).toBeLessThanOrEqual(MAX_VISITS)
      if (rest.status !== 'running') expect(rest.fault).toMatchObject({ code: 'budget_exceeded' })
      else await advance(tree, { snapshot: rest.snapshot, event: input('y') }, turn())
    }
  }
})

test('what has a `then` that is no function is no promise', async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- that is what is tested
  expect((await play(node('returns', { value: { then: 1 } }))).fault).toMatchObject({ code: 'status_invalid' })
})
