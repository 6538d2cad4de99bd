import { describe, expect, it } from 'vitest'
import { advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import { ask, build, input, node, ok, specOf, turn } from '../testing/play.ts'
import { traceHash } from './trace-hash.ts'
import { traceStore } from './trace-store.ts'

const tree = build(specOf(node('sequence', undefined, ask('a'), ok('b'))))

const numbered = (count: number): TraceEvent[] =>
  Array.from({ length: count }, (_, seq) => ({ seq, node: 't', visit: 1, kind: 'enter', op: 'x' }))

describe('a trace store', () => {
  it('keeps the events of a session turn by turn', async () => {
    const store = traceStore()
    const { snapshot } = await advance(tree, {}, turn({ subscribe: store.begin('s1') }))
    await advance(tree, { snapshot, event: input('x') }, turn({ subscribe: store.begin('s1') }))
    expect(store.turns('s1').map(({ turn: number, events }) => [number, events.map(({ kind }) => kind)])).toEqual([
      [1, ['enter', 'enter', 'wait']],
      [2, ['resume', 'settle', 'enter', 'settle', 'settle']],
    ])
    expect(store.events('s1').map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(store.turns('nobody')).toEqual([])
  })

  it('lets the oldest session, turn and event go', () => {
    const store = traceStore({ sessions: 2, turns: 2, events: 3 })
    for (const session of ['a', 'b', 'a', 'c']) for (const event of numbered(5)) store.begin(session)(event)
    expect(store.sessions()).toEqual(['a', 'c'])
    expect(store.turns('a').map(({ turn: number }) => number)).toEqual([9, 10])
    const subscribe = store.begin('a')
    for (const event of numbered(8)) subscribe(event)
    const [, last] = store.turns('a')
    expect(last).toMatchObject({ turn: 11, dropped: 5 })
    expect(last!.events.map(({ seq }) => seq)).toEqual([5, 6, 7])
  })
})

describe('the hash of a trace', () => {
  it('depends on what happened and in which order, not on the order of keys', () => {
    const [first, second] = numbered(2) as [TraceEvent, TraceEvent]
    const turned = { op: 'x', kind: 'enter', visit: 1, node: 't', seq: 0 } as TraceEvent
    expect(traceHash([first, second])).toBe(traceHash([turned, second]))
    expect(traceHash([first, second])).not.toBe(traceHash([second, first]))
    expect(traceHash([])).toMatch(/^[0-9a-f]{64}$/)
  })
})
