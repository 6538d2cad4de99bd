import { describe, expect, it } from 'vitest'
import { advance } from '../../run/advance.ts'
import type { Shelf } from '../../run/shelf.ts'
import { memoryShelf } from '../../testing/memory-shelf.ts'
import { ask, build, input, no, node, ok, specOf, turn } from '../../testing/play.ts'
import { standing, standings, type TimedEvent } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const cached = (child: NodeSpec, config: object = {}): NodeSpec => node('cache', { name: 'c', ...config }, child)
const gives = (value: Json): NodeSpec => node('return', { value }, ok('a'))

let sessions = 0

/** A session of its own: how it ended and what it left. */
async function run(
  shelf: Shelf,
  root: NodeSpec,
  cells: Record<string, Json> = {},
  now = 1_000,
): Promise<[string, Json]> {
  const given = Object.entries(cells).map(([key, value]) => [key, { value, by: 'system' as const }])
  const tree = build(specOf(root, { returns: true }))
  const context = turn({ now, shelf, sessionId: `s${++sessions}` })
  const rest = await advance(tree, { cells: Object.fromEntries(given) }, context)
  return [standing(rest), rest.result ?? null]
}

describe('cache', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[]]>([
    ['success', cached(gives(1)), [], ['success']],
    ['failure', cached(no('a')), [], ['failure a']],
    ['success after a wait', cached(ask('w')), [input(1)], ['running input', 'success']],
    ['failure after a wait', cached(row(ask('w'), no('a'))), [input(1)], ['running input', 'failure a']],
    [
      'a hit, so that it does not wait',
      node('repeat', { times: 2 }, cached(ask('w'))),
      [input(1)],
      ['running input', 'success'],
    ],
    [
      'nothing left, so that it waits again',
      node('repeat', { times: 2 }, cached(row(ask('w'), node('invert', undefined, no('a'))))),
      [input(1)],
      ['running input', 'success'],
    ],
    [
      'a failure, which is not kept',
      node('repeat', { times: 2 }, node('forceSuccess', undefined, cached(row(ask('w'), no('a'))))),
      [input(1), input(2)],
      ['running input', 'running input', 'success'],
    ],
    [
      'being switched off',
      node('repeat', { times: 2 }, cached(ask('w'), { enabled: false })),
      [input(1), input(2)],
      ['running input', 'running input', 'success'],
    ],
  ])('does what it says for %s', async (_, root, events, expected) => {
    const heard = row(root, node('noteLast', { key: 'left' }))
    expect(await standings(heard, { events, context: () => ({ shelf: memoryShelf() }) })).toEqual(expected)
  })

  it('gives other sessions what its child left, and only success', async () => {
    const shelf = memoryShelf()
    expect(await run(shelf, cached(no('a')))).toEqual(['failure a', null])
    expect(await run(shelf, cached(gives(1)))).toEqual(['success', 1])
    expect(await run(shelf, cached(no('a')))).toEqual(['success', 1])
    expect(await run(shelf, cached(gives(2)))).toEqual(['success', 1])
    expect(await run(shelf, cached(gives(2), { name: 'other' }))).toEqual(['success', 2])
  })

  it('keeps one result for each combination of values', async () => {
    const shelf = memoryShelf()
    const all: Json[] = ['1', 1, null, [1], JSON.parse('{"__proto__":1}') as Json, {}]
    for (const [index, a] of all.entries()) {
      expect(await run(shelf, cached(gives(index), { by: ['a', 'b'] }), { a })).toEqual(['success', index])
    }
    for (const [index, a] of all.entries()) {
      expect(await run(shelf, cached(no('a'), { by: ['a', 'b'] }), { a })).toEqual(['success', index])
    }
    expect(await run(shelf, cached(gives('b'), { by: ['a', 'b'] }), { a: 1, b: 1 })).toEqual(['success', 'b'])
  })

  it('forgets when the time is over', async () => {
    let now = 1_000
    const shelf = memoryShelf(() => now)
    const root = (value: Json) => cached(gives(value), { expiresMs: 100 })
    expect(await run(shelf, root(1), {}, now)).toEqual(['success', 1])
    now = 1_099
    expect(await run(shelf, root(2), {}, now)).toEqual(['success', 1])
    now = 1_100
    expect(await run(shelf, root(3), {}, now)).toEqual(['success', 3])
  })

  it('runs its child where what is kept does not hold any more, and keeps that instead', async () => {
    const shelf = memoryShelf()
    const valid = { field: 'cached', is: 'good' }
    expect(await run(shelf, cached(gives('bad'), { valid }))).toEqual(['success', 'bad'])
    expect(await run(shelf, cached(gives('good'), { valid }))).toEqual(['success', 'good'])
    expect(await run(shelf, cached(no('a'), { valid }))).toEqual(['success', 'good'])
    const unknown = { field: 'missing', is: 1 }
    expect(await run(shelf, cached(gives('new'), { valid: unknown }))).toEqual(['success', 'new'])
  })

  it('keeps null and what is named as what all objects have', async () => {
    for (const value of [null, false, JSON.parse('{"__proto__":{"x":1}}') as Json]) {
      const shelf = memoryShelf()
      await run(shelf, cached(node('return', { path: 'a' }, ok('a'))), { a: value })
      expect(await run(shelf, cached(no('a')))).toEqual(['success', value])
    }
  })

  it('takes what is out of reach for a miss, and goes without keeping', async () => {
    const down = async () => Promise.reject(new Error('down'))
    const shelf = memoryShelf()
    expect(await run({ ...shelf, put: down }, cached(gives(1)))).toEqual(['success', 1])
    expect(await run({ ...shelf, get: down }, cached(gives(2)))).toEqual(['success', 2])
    expect(await run({ get: down, put: down }, cached(no('a')))).toEqual(['failure a', null])
  })

  it('needs a shelf, unless it is switched off', async () => {
    expect(await standings(cached(ok('a')))).toEqual(['faulted no_shelf'])
    expect(await standings(cached(ok('a'), { enabled: false }))).toEqual(['success'])
  })
})

it.each<[Json, string]>([
  [{}, 't: config.name'],
  [{ name: '' }, 't: config.name'],
  [{ name: 'c', by: [''] }, 't: config.by'],
  [{ name: 'c', by: ['nowhere'] }, 'there is no field "nowhere"'],
  [{ name: 'c', valid: 'what?' }, 'a condition needs a field'],
  [{ name: 'c', enabled: 'no' }, 't: config.enabled'],
  ...[0, -1, 1.5, 2 ** 53, '3', null].map((expiresMs): [Json, string] => [
    { name: 'c', expiresMs },
    't: config.expiresMs',
  ]),
])('a cache of %j is refused', (config, message) => {
  expect(() => build(specOf(node('cache', config, ok('a')), { fields: { a: 'any' } }))).toThrow(message)
})
