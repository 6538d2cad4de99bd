import { describe, expect, it } from 'vitest'
import { ask, build, called, input, node, play, specOf, valueOf } from '../../testing/play.ts'
import { playBoth, standing } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec =>
  node('sequence', undefined, ...children.map((child, at) => called(`n${at}`, child)))

describe('write', () => {
  it.each<[string, NodeSpec, Record<string, Json>, string, Json | undefined]>([
    ['a value', node('write', { key: 'x', value: { y: [1, null] } }), {}, 'success', { y: [1, null] }],
    ['null', node('write', { key: 'x', value: null }), { x: 1 }, 'success', null],
    ['what another field holds', node('write', { key: 'x', from: 'a' }), { a: 'b' }, 'success', 'b'],
    ['a part of another field', node('write', { key: 'x', from: 'a.0.b' }), { a: [{ b: 7 }] }, 'success', 7],
    [
      'nothing of a field that is missing',
      node('write', { key: 'x', from: 'a' }),
      { x: 1 },
      'failure nothing_to_write',
      1,
    ],
    [
      'nothing that objects have by birth',
      node('write', { key: 'x', from: 'a.__proto__' }),
      { a: {} },
      'failure nothing_to_write',
      undefined,
    ],
    [
      'nothing when nothing was left',
      node('write', { key: 'x', last: true }),
      {},
      'failure nothing_to_write',
      undefined,
    ],
  ])('writes %s', async (_, root, cells, expected, x) => {
    const rest = await playBoth(root, { cells })
    expect(standing(rest)).toBe(expected)
    expect(valueOf(rest.snapshot, 'x')).toEqual(x)
  })

  it('writes what was left last, also in another process', async () => {
    const root = row(ask('w'), ask('v'), node('write', { key: 'x', last: true }))
    const { snapshot } = await playBoth(root, { events: [input('no'), input('yes')] })
    expect(valueOf(snapshot, 'x')).toBe('yes')
  })

  it('writes as the system, but a copy keeps where its value came from; who watches hears of it', async () => {
    const root = row(
      node('call', { name: 'a' }),
      node('write', { key: 'x', from: 'a' }),
      node('write', { key: 'y', from: 'a.name' }),
      node('write', { key: 'z', value: 1 }),
    )
    const { snapshot, trace } = await play(root)
    expect(snapshot.scopes['']).toMatchObject({ x: { by: 'tool' }, y: { by: 'system' }, z: { by: 'system' } })
    expect(trace).toContainEqual(expect.objectContaining({ kind: 'write', key: 'z', value: 1, by: 'system' }))
  })

  it('confirms again what was not confirmed any more', async () => {
    const root = row(node('forget', { key: 'x' }), node('write', { key: 'x', value: 2 }))
    expect((await play(root, { cells: { x: 1 } })).snapshot.scopes['']['x']).toEqual({ value: 2, by: 'system' })
  })

  it.each(['__proto__', 'constructor', 'a.b'])('writes a field named %s like any other', async (key) => {
    const root = row(node('write', { key, value: { by: 'x' } }), ask('w'), node('write', { key: 'copy', from: key }))
    const { status, snapshot } = await playBoth(root, { events: [input(1)] })
    expect(status).toBe('success')
    expect(valueOf(snapshot, 'copy')).toEqual({ by: 'x' })
    expect(Object.getPrototypeOf(snapshot.scopes[''])).toBe(Object.prototype)
  })
})

it.each<[Json, string]>([
  [{ value: 1 }, 't: config.key'],
  [{ key: '', value: 1 }, 't: config.key'],
  [{ key: 'n' }, 'give `value` or `from` or `last`'],
  [{ key: 'n', value: 1, from: 't' }, 'not 2 of them'],
  [{ key: 'n', value: 1, last: true }, 'not 2 of them'],
  [{ key: 'n', last: false }, 't: config.last'],
  [{ key: 'nowhere', value: 1 }, 'there is no field "nowhere"'],
  [{ key: 'n', from: 'nowhere' }, 'there is no field "nowhere"'],
  [{ key: '__proto__', value: 1 }, 'there is no field "__proto__"'],
  [{ key: 'n', value: 'x' }, '"n" takes number'],
  [{ key: 'n', from: 't' }, '"t"'],
])('write of %j is refused', (config, message) => {
  expect(() => build(specOf(node('write', config), { fields: { n: 'number', t: 'string' } }))).toThrow(message)
})
