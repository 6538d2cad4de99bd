import { describe, expect, it } from 'vitest'
import { ask, build, called, input, no, node, ok, specOf } from '../../testing/play.ts'
import { playBoth, signal, standings, type TimedEvent } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const ending = (...children: NodeSpec[]): NodeSpec => node('terminable', { signal: 'stop' }, ...children)
const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const parked = 'running event, input'

describe('terminable', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[]]>([
    ['success', ending(ok('a'), no('b')), [], ['success']],
    ['failure', ending(no('a'), ok('b')), [], ['failure a']],
    ['success after a wait', ending(ask('w')), [input(1)], [parked, 'success']],
    ['failure after a wait', ending(row(ask('w'), no('a')), ok('b')), [input(1)], [parked, 'failure a']],
    ['the signal', ending(ask('w')), [signal('stop')], [parked, 'failure terminated']],
    ['the signal, with a fallback', ending(ask('w'), ok('b')), [signal('stop')], [parked, 'success']],
    ['the signal, and a fallback that fails', ending(ask('w'), no('b')), [signal('stop')], [parked, 'failure b']],
    [
      'the signal, and a fallback that waits',
      ending(ask('w'), ask('v')),
      [signal('stop'), signal('stop'), input(1)],
      [parked, 'running input', 'running input', 'success'],
    ],
    ['another signal', ending(ask('w')), [signal('go'), input(1)], [parked, parked, 'success']],
    [
      'a signal named as what all objects have',
      ending(ask('w')),
      [signal('__proto__'), signal('constructor'), input(1)],
      [parked, parked, parked, 'success'],
    ],
    [
      'the signal before the start',
      row(ask('first'), ending(no('a'))),
      [signal('stop'), input(1)],
      ['running input', 'running input', 'failure terminated'],
    ],
    [
      'the signal before the start, with a fallback',
      row(ask('first'), ending(no('a'), ok('b'))),
      [signal('stop'), input(1)],
      ['running input', 'running input', 'success'],
    ],
  ])('does what it says for %s', async (_, root, events, expected) => {
    expect(await standings(root, { events })).toEqual(expected)
  })

  it('halts what is below by the signal, and never enters it when that was raised before', async () => {
    const root = node('repeat', { times: 2 }, ending(called('first', row(ask('w'))), ok('b')))
    const { status, trace } = await playBoth(root, { events: [signal('stop')] })
    expect(status).toBe('success')
    const told = trace.flatMap((event) => (event.kind === 'halt' ? [`${event.node} ${event.reason}`] : []))
    expect(told).toEqual(['t/terminable/first/w signal', 't/terminable/first signal'])
    expect(trace.filter(({ kind, node }) => kind === 'enter' && node === 't/terminable/first')).toHaveLength(1)
  })

  it('is ended together with all others that listen', async () => {
    const root = node('parallel', {}, called('a', ending(ask('w'), ok('x'))), called('b', ending(ask('w'), ok('x'))))
    expect((await standings(root, { events: [signal('stop')] }))[1]).toBe('success')
  })

  it('of a signal named __proto__ hears that alone', async () => {
    const root = node('terminable', { signal: '__proto__' }, ask('w'))
    expect(await standings(root, { events: [signal('stop'), signal('__proto__')] })).toEqual([
      parked,
      parked,
      'failure terminated',
    ])
  })
})

it.each<[Json, string]>([
  [{}, 't: config.signal'],
  [{ signal: '' }, 't: config.signal'],
  [{ signal: 7 }, 't: config.signal'],
])('a terminable of %j is refused', (config, message) => {
  expect(() => build(specOf(node('terminable', config, ok('a'))))).toThrow(message)
})
