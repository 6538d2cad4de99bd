import { describe, expect, it } from 'vitest'
import { ask, build, entered, input, no, node, ok, play, specOf } from '../../testing/play.ts'
import { playBoth, standings } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const isOpen = { field: 'open', is: true }
const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const noting = row(ask('w'), node('write', { key: 'open', last: true }))
const loop = (child: NodeSpec, more: { max?: number; failWhenNeverRun?: true } = {}): NodeSpec =>
  node('while', { condition: isOpen, max: 3, ...more }, child)

describe('while', () => {
  it.each<[string, NodeSpec, Json | undefined, Json[], string[]]>([
    ['false at once', loop(ok('a')), false, [], ['success']],
    ['unknown at once', loop(ok('a')), undefined, [], ['success']],
    ['false at once where it must run', loop(ok('a'), { failWhenNeverRun: true }), false, [], ['failure never_ran']],
    [
      'unknown at once where it must run',
      loop(ok('a'), { failWhenNeverRun: true }),
      undefined,
      [],
      ['failure never_ran'],
    ],
    ['false after a round', loop(noting), true, [false], ['running input', 'success']],
    [
      'false after a round where it must run',
      loop(noting, { failWhenNeverRun: true }),
      true,
      [false],
      ['running input', 'success'],
    ],
    ['unknown after a round', loop(node('forget', { key: 'open' })), true, [], ['success']],
    [
      'true for ever',
      loop(noting, { max: 2 }),
      true,
      [true, true],
      ['running input', 'running input', 'failure repeated_too_often'],
    ],
    [
      'false after the last round',
      loop(noting, { max: 2 }),
      true,
      [true, 1],
      ['running input', 'running input', 'success'],
    ],
    ['true, and the child fails', loop(no('a')), true, [], ['failure a']],
    ['true, and the child fails late', loop(row(ask('w'), no('a'))), true, [1], ['running input', 'failure a']],
  ])('does what it says when its condition is %s', async (_, root, open, answers, expected) => {
    const cells = open === undefined ? {} : { open }
    expect(await standings(root, { cells, events: answers.map(input) })).toEqual(expected)
  })

  it('does not look again while its child waits', async () => {
    const { rests, trace } = await playBoth(loop(noting), { cells: { open: true }, events: [input(false)] })
    expect(rests.map(({ status }) => status)).toEqual(['running', 'success'])
    expect(trace.filter(({ kind }) => kind === 'decision')).toMatchObject([
      { about: 'while', chosen: 'true', why: { open: true } },
      { about: 'while', chosen: 'false', why: { open: false } },
    ])
  })

  it('counts its rounds anew in each visit', async () => {
    const root = node('repeat', { times: 2 }, node('forceSuccess', undefined, loop(ok('a'))))
    const rounds = entered(await play(root, { cells: { open: true } })).filter((name) => name === 'a')
    expect(rounds).toHaveLength(6)
  })

  it('takes 10,000 rounds', async () => {
    expect((await play(loop(ok('a'), { max: 10_000 }), { cells: { open: true } })).failure).toEqual({
      code: 'repeated_too_often',
      reason: '10000 rounds, and still open is true',
    })
  })
})

it.each<[Json, string]>([
  [{ max: 3 }, 't: config.condition'],
  [{ condition: isOpen }, 't: config.max'],
  [{ condition: 'what?', max: 3 }, 'a condition needs a field'],
  [{ condition: isOpen, max: 3, failWhenNeverRun: false }, 't: config.failWhenNeverRun'],
  ...[0, -1, 1.5, 100_001, '3', null].map((max): [Json, string] => [{ condition: isOpen, max }, 't: config.max']),
])('a while of %j is refused', (config, message) => {
  expect(() => build(specOf(node('while', config, ok('a'))))).toThrow(message)
})
