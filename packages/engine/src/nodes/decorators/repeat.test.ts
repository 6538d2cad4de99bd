import { describe, expect, it } from 'vitest'
import { ask, build, entered, input, no, node, ok, play, specOf, turn, valueOf } from '../../testing/play.ts'
import { playBoth, standings } from '../../testing/standings.ts'
import { advance } from '../../run/advance.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const isDone = { field: 'done', is: true }
const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const noting = row(ask('w'), node('write', { key: 'done', last: true }))
const failing = row(ask('w'), no('a'))

describe('repeat', () => {
  it.each<[string, Json, NodeSpec, Json[], string[]]>([
    ['so many times', { times: 3 }, ok('a'), [], ['success']],
    ['until its child fails, with its code', { times: 3 }, no('a'), [], ['failure a']],
    ['with waits', { times: 2 }, ask('w'), [1, 2], ['running input', 'running input', 'success']],
    ['until a late failure', { times: 3 }, failing, [1], ['running input', 'failure a']],
    [
      'until the condition',
      { until: isDone, max: 3 },
      noting,
      [1, true],
      ['running input', 'running input', 'success'],
    ],
    [
      'in vain',
      { until: isDone, max: 2 },
      noting,
      [1, 2],
      ['running input', 'running input', 'failure repeated_too_often'],
    ],
    ['in vain, unknown being not true', { until: isDone, max: 2 }, ok('a'), [], ['failure repeated_too_often']],
    ['to the end of the last round', { until: isDone, max: 1 }, noting, [true], ['running input', 'success']],
    [
      'not after a failure, even if it holds',
      { until: isDone, max: 9 },
      row(node('write', { key: 'done', value: true }), no('a')),
      [],
      ['failure a'],
    ],
  ])('runs its child %s', async (_, config, child, answers, expected) => {
    expect(await standings(node('repeat', config, child), { events: answers.map(input) })).toEqual(expected)
  })

  it('runs it exactly so often, also when the condition held before', async () => {
    expect(entered(await playBoth(node('repeat', { times: 3 }, ok('a'))))).toEqual(['t', 'a', 'a', 'a'])
    const once = node('repeat', { until: isDone, max: 3 }, ok('a'))
    expect(entered(await playBoth(once, { cells: { done: true } }))).toEqual(['t', 'a'])
  })

  it('makes each round a visit of its own, which tells what it decided', async () => {
    const { trace } = await playBoth(node('repeat', { until: isDone, max: 2 }, ok('a')), { cells: { done: 1 } })
    const visits = trace.flatMap((event) => (event.kind === 'enter' && event.node === 't/a' ? [event.visit] : []))
    expect(new Set(visits).size).toBe(2)
    expect(trace.filter(({ kind }) => kind === 'decision')).toMatchObject([
      { about: 'until', chosen: 'false', why: { done: 1 } },
      { about: 'until', chosen: 'false' },
    ])
  })

  it('begins to count anew in each visit of its own', async () => {
    const root = node('repeat', { times: 2 }, node('repeat', { times: 3 }, ok('a')))
    expect(entered(await play(root)).filter((name) => name === 'a')).toHaveLength(6)
  })

  it('takes 10,000 rounds with a wait in each of the last ones', async () => {
    const tree = build(
      specOf(
        node('repeat', { times: 10_001 }, node('if', { branches: [{ field: 'slow', is: true }] }, ask('w'), ok('a'))),
      ),
    )
    expect((await advance(tree, {}, turn())).status).toBe('success')
    const slow = { slow: { value: true, by: 'system' } } as const
    let rest = await advance(tree, { cells: slow }, turn())
    for (let round = 0; round < 20; round++)
      rest = await advance(tree, { snapshot: rest.snapshot, event: input(round) }, turn())
    expect(rest.snapshot.nodes['t']).toMatchObject({ mem: 21 })
  })

  it('that would never end is stopped by the budget of the turn', async () => {
    const tree = build(specOf(node('repeat', { times: 100_000 }, node('repeat', { times: 100_000 }, ok('a')))))
    expect((await advance(tree, {}, turn())).fault).toMatchObject({ code: 'budget_exceeded' })
  })

  it('keeps what its rounds wrote', async () => {
    const { snapshot } = await playBoth(node('repeat', { until: isDone, max: 3 }, noting), {
      events: [input('x'), input(true)],
    })
    expect(valueOf(snapshot, 'done')).toBe(true)
  })
})

it.each<[Json, string]>([
  [{}, 'give `times` or `until`'],
  [{ times: 2, until: isDone, max: 3 }, 'not 2 of them'],
  [{ until: isDone }, '`until` and `max` belong together'],
  [{ times: 2, max: 3 }, '`until` and `max` belong together'],
  [{ until: 'what?', max: 3 }, 'a condition needs a field'],
  ...[0, -1, 1.5, 100_001, '3', null].flatMap((wrong): [Json, string][] => [
    [{ times: wrong }, 't: config.times'],
    [{ until: isDone, max: wrong }, 't: config.max'],
  ]),
])('a repeat of %j is refused', (config, message) => {
  expect(() => build(specOf(node('repeat', config, ok('a'))))).toThrow(message)
})
