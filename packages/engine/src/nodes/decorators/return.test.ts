import { describe, expect, it } from 'vitest'
import { ask, build, input, no, node, ok, specOf } from '../../testing/play.ts'
import { playBoth, standing, type Course } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)

/** How it stands at its end, and what it leaves. */
async function leaves(config: Json, child: NodeSpec, course: Course = {}): Promise<[string, Json]> {
  const rest = await playBoth(node('return', config, child), { ...course, spec: { returns: true } })
  return [standing(rest), rest.result ?? null]
}

describe('return', () => {
  it.each<[string, Json, NodeSpec, Course, [string, Json]]>([
    ['a value', { value: { a: [1] } }, ok('a'), {}, ['success', { a: [1] }]],
    ['null', { value: null }, ask('w'), { events: [input('x')] }, ['success', null]],
    ['a value in place of what its child left', { value: 1 }, ask('w'), { events: [input('x')] }, ['success', 1]],
    ['what a field holds', { path: 'a' }, ok('a'), { cells: { a: 'x' } }, ['success', 'x']],
    ['a part of a field', { path: 'a.b.0' }, ok('a'), { cells: { a: { b: [7] } } }, ['success', 7]],
    [
      'what its child wrote',
      { path: 'a' },
      row(ask('w'), node('write', { key: 'a', last: true })),
      { events: [input('x')] },
      ['success', 'x'],
    ],
    [
      'what its child left when the field is missing',
      { path: 'a' },
      ask('w'),
      { events: [input('x')] },
      ['failure nothing_to_return', 'x'],
    ],
    [
      'nothing that objects have by birth',
      { path: 'a.__proto__' },
      ok('a'),
      { cells: { a: {} } },
      ['failure nothing_to_return', null],
    ],
    ['nothing by birth of a blackboard', { path: '__proto__' }, ok('a'), {}, ['failure nothing_to_return', null]],
    ['what a failing child says', { value: 1 }, no('a'), {}, ['failure a', null]],
    [
      'what a child that fails late says',
      { value: 1 },
      row(ask('w'), no('a')),
      { events: [input('x')] },
      ['failure a', 'x'],
    ],
    ['nothing before its child settled', { value: 1 }, ask('w'), {}, ['running input', null]],
  ])('gives %s', async (_, config, child, course, expected) => {
    expect(await leaves(config, child, course)).toEqual(expected)
  })
})

it.each<[Json, string]>([
  [{}, 'give `value` or `path`'],
  [{ value: 1, path: 'a' }, 'not 2 of them'],
  [{ path: '' }, 't: config.path'],
  [{ path: 'nowhere' }, 'there is no field "nowhere"'],
])('a return of %j is refused', (config, message) => {
  expect(() => build(specOf(node('return', config, ok('a')), { fields: { a: 'any' } }))).toThrow(message)
})
