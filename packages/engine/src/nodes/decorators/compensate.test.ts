import { describe, expect, it } from 'vitest'
import { cancel } from '../../run/advance.ts'
import { act, buildActing, Stage } from '../../testing/acting.ts'
import { overJson, playAnew } from '../../testing/anew.ts'
import { ask, build, called, input, no, node, ok, specOf, turn } from '../../testing/play.ts'
import { standing, timerAt, type TimedEvent } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const write = (key: string, value: string | number): NodeSpec =>
  called(`write ${key} ${value}`, node('write', { key, value }))
const undoable = (child: NodeSpec, keep: string[] = [], sees: string[] = []): NodeSpec =>
  node('compensate', { keep }, child, act('undo', { sees }))

/** How it stood after each turn, and what was done, each in a process of its own. */
async function done(
  root: NodeSpec,
  events: readonly TimedEvent[] = [],
  cells: Record<string, Json> = {},
): Promise<[string[], string[]]> {
  const stage = new Stage()
  const { rests } = await playAnew(() => buildActing(root), { events, cells }, { services: stage })
  return [rests.map(standing), stage.log]
}

describe('compensate', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[], string[]]>([
    ['success, and all goes well', undoable(act('a')), [], ['success'], ['a']],
    ['failure, with nothing to undo', undoable(act('a', { fails: 'x' })), [], ['failure x'], ['a']],
    ['running', undoable(ask('w')), [], ['running input'], []],
    ['success after a wait', undoable(row(ask('w'), act('a'))), [input(1)], ['running input', 'success'], ['a']],
    ['failure after a wait', undoable(row(ask('w'), no('x'))), [input(1)], ['running input', 'failure x'], []],
    ['a failure above', row(undoable(act('a')), no('x')), [], ['failure x'], ['a', 'undo']],
    [
      'a failure above in a later turn',
      row(undoable(act('a')), ask('w'), no('x')),
      [input(1)],
      ['running input', 'failure x'],
      ['a', 'undo'],
    ],
    [
      'a halt while it is at it',
      node('timeout', { ms: 5 }, undoable(row(act('a'), ask('w')))),
      [timerAt(1_005)],
      ['running input, timer 1005', 'failure timed_out'],
      ['a'],
    ],
    [
      'a halt later',
      node('timeout', { ms: 5 }, row(undoable(act('a')), ask('w')), act('else')),
      [timerAt(1_005)],
      ['running input, timer 1005', 'success'],
      ['a', 'undo', 'else'],
    ],
    [
      'each round that was done',
      row(node('repeat', { times: 3 }, undoable(act('a'))), no('x')),
      [],
      ['failure x'],
      ['a', 'a', 'a', 'undo', 'undo', 'undo'],
    ],
  ])('does what it says for %s', async (_, root, events, expected, log) => {
    expect(await done(root, events)).toEqual([expected, log])
  })

  it('is undone by a cancel, once, in another process', async () => {
    const stage = new Stage()
    const root = row(undoable(act('a')), ask('w'))
    const { snapshot } = await playAnew(() => buildActing(root), {}, { services: stage })
    const ended = await cancel(buildActing(root), overJson(snapshot), turn({ services: stage }))
    expect(ended).toMatchObject({ status: 'cancelled', snapshot: { undo: [] } })
    const again = await cancel(buildActing(root), overJson(ended.snapshot), turn({ services: stage }))
    expect(again.ignored).toBe(true)
    expect(stage.log).toEqual(['a', 'undo'])
  })

  it('shows what undoes the kept fields as they were, and the others as they are', async () => {
    const root = row(
      write('a', 1),
      write('b', 1),
      undoable(ok('done'), ['a', 'c'], ['a', 'b', 'c']),
      write('a', 2),
      write('b', 2),
      ask('w'),
      no('x'),
    )
    expect(await done(root, [input(1)])).toEqual([['running input', 'failure x'], ['undo 1 2 null']])
  })

  it('keeps a part of a field, and what an alias leads to', async () => {
    const root = row(undoable(ok('done'), ['order.id'], ['order.id']), write('order', 'gone'), no('x'))
    expect((await done(root, [], { order: { id: 7 } }))[1]).toEqual(['undo 7'])
  })

  it.each(['__proto__', 'constructor', 'order.__proto__'])('keeps a field named %s when it is one', async (key) => {
    const missing = row(undoable(ok('done'), [key], [key]), no('x'))
    expect((await done(missing, [], { order: {} }))[1]).toEqual(['undo null'])
    if (key.includes('.')) return
    const there = row(write(key, 1), undoable(ok('done'), [key], [key]), write(key, 2), ask('w'), no('x'))
    expect((await done(there, [input(1)]))[1]).toEqual(['undo 1'])
    expect(({} as Record<string, unknown>)['by']).toBeUndefined()
  })
})

it.each<[string, NodeSpec, string]>([
  ['one child', node('compensate', undefined, ok('a')), '"compensate" takes 2 children'],
  ['three', node('compensate', undefined, ok('a'), ok('b'), ok('c')), '"compensate" takes 2 children'],
  ['undoing that waits', node('compensate', undefined, ok('a'), row(ok('b'), ask('w'))), 'what undoes must not wait'],
  [
    'a field that is not there',
    node('compensate', { keep: ['nowhere'] }, ok('a'), ok('b')),
    'there is no field "nowhere"',
  ],
  ['a field without a name', node('compensate', { keep: [''] }, ok('a'), ok('b')), 't: config.keep'],
])('a compensate with %s is refused', (_, root, message) => {
  expect(() => build(specOf(root, { fields: { a: 'any' } }))).toThrow(message)
})
