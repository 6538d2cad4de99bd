import { describe, expect, it } from 'vitest'
import { cancel } from '../../run/advance.ts'
import { act, buildActing, Stage } from '../../testing/acting.ts'
import { overJson, playAnew } from '../../testing/anew.ts'
import { ask, build, input, no, node, ok, specOf, turn } from '../../testing/play.ts'
import { signal, standing, standings, timerAt, type TimedEvent } from '../../testing/standings.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const cleaned = (child: NodeSpec, more: { fails?: string } = {}): NodeSpec =>
  node('finally', undefined, child, act('clean', more))

/** How it stood after each turn, and what was done, each in a process of its own. */
async function done(root: NodeSpec, events: readonly TimedEvent[] = []): Promise<[string[], string[]]> {
  const stage = new Stage()
  const { rests } = await playAnew(() => buildActing(root), { events }, { services: stage })
  return [rests.map(standing), stage.log]
}

describe('finally', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[], string[]]>([
    ['success', cleaned(act('a')), [], ['success'], ['a', 'clean']],
    ['failure', cleaned(act('a', { fails: 'x' })), [], ['failure x'], ['a', 'clean']],
    ['success, and cleaning up fails', cleaned(act('a'), { fails: 'y' }), [], ['success'], ['a', 'clean']],
    [
      'failure, and cleaning up fails',
      cleaned(act('a', { fails: 'x' }), { fails: 'y' }),
      [],
      ['failure x'],
      ['a', 'clean'],
    ],
    ['running', cleaned(ask('w')), [], ['running input'], []],
    [
      'success after a wait',
      cleaned(row(ask('w'), act('a'))),
      [input(1)],
      ['running input', 'success'],
      ['a', 'clean'],
    ],
    [
      'failure after a wait',
      cleaned(row(ask('w'), act('a', { fails: 'x' }))),
      [input(1)],
      ['running input', 'failure x'],
      ['a', 'clean'],
    ],
    [
      'a failure that is not to be tried again',
      node('retry', { attempts: 3 }, cleaned(node('todo', { note: 'x' }))),
      [],
      ['failure todo'],
      ['clean'],
    ],
    [
      'each try of a retry',
      node('retry', { attempts: 3 }, cleaned(no('x'))),
      [],
      ['failure x'],
      ['clean', 'clean', 'clean'],
    ],
    [
      'a timeout',
      node('timeout', { ms: 5 }, cleaned(ask('w')), act('else')),
      [timerAt(1_005)],
      ['running input, timer 1005', 'success'],
      ['clean', 'else'],
    ],
    [
      'a signal',
      node('terminable', { signal: 's' }, cleaned(ask('w'), { fails: 'y' }), act('else')),
      [signal('s')],
      ['running event, input', 'success'],
      ['clean', 'else'],
    ],
    [
      'a sibling that was faster',
      row(node('parallel', { success: 'any' }, cleaned(ask('w')), act('b')), act('c')),
      [],
      ['success'],
      ['b', 'clean', 'c'],
    ],
    [
      'two of them, the inner first',
      node('timeout', { ms: 5 }, node('finally', undefined, cleaned(ask('w')), act('outer'))),
      [timerAt(1_005)],
      ['running input, timer 1005', 'failure timed_out'],
      ['clean', 'outer'],
    ],
  ])('cleans up once after %s, before anything else', async (_, root, events, expected, log) => {
    expect(await done(root, events)).toEqual([expected, log])
  })

  it('is not entered, so nothing is cleaned up', async () => {
    expect(await done(row(no('a'), cleaned(act('b'))))).toEqual([['failure a'], []])
  })

  it('cleans up when the session is cancelled, in another process', async () => {
    const stage = new Stage()
    const { snapshot } = await playAnew(() => buildActing(cleaned(ask('w'))), {}, { services: stage })
    const ended = await cancel(buildActing(cleaned(ask('w'))), overJson(snapshot), turn({ services: stage }))
    expect(ended).toMatchObject({ status: 'cancelled', waits: [] })
    expect(stage.log).toEqual(['clean'])
  })

  it('goes on alike in memory and elsewhere, with the whole failure', async () => {
    const failing = row(ask('w'), no('a'))
    const root = node('finally', undefined, failing, node('write', { key: 'x', value: 1 }))
    expect(await standings(root, { events: [input(1)] })).toEqual(['running input', 'failure a'])
  })
})

it.each([
  ['one child', node('finally', undefined, ok('a')), '"finally" takes 2 children'],
  ['three', node('finally', undefined, ok('a'), ok('b'), ok('c')), '"finally" takes 2 children'],
  ['cleaning up that waits', node('finally', undefined, ok('a'), ask('w')), 'what cleans up must not wait'],
  ['such below', node('finally', undefined, ok('a'), row(ok('b'), ask('w'))), 'what cleans up must not wait'],
  ['a config', node('finally', { x: 1 }, ok('a'), ok('b')), 't: '],
])('a finally with %s is refused', (_, root, message) => {
  expect(() => build(specOf(root))).toThrow(message)
})
