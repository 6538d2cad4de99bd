import { describe, expect, it } from 'vitest'
import { cancel } from '../../run/advance.ts'
import type { TraceEvent } from '../../run/events.ts'
import { overJson, playAnew, type PlayedAnew } from '../../testing/anew.ts'
import { settled } from '../../testing/acting.ts'
import { memoryShelf } from '../../testing/memory-shelf.ts'
import { ask, build, called, input, node, ok, play, specOf, turn, valueOf } from '../../testing/play.ts'
import { signal, standing, timerAt, type TimedEvent } from '../../testing/standings.ts'
import { Success, type Status } from '../../tree/status.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { nodes } from '../all.ts'

/** How each is written around one child, with a second one that says that it was run where it has one. */
const configs: Record<string, Json | undefined> = {
  cache: { name: 'c' },
  compensate: { keep: ['a'] },
  cooldown: { ms: 50 },
  finally: undefined,
  forceFailure: undefined,
  forceSuccess: undefined,
  invert: undefined,
  repeat: { times: 3 },
  retry: { attempts: 3 },
  return: { value: 1 },
  terminable: { signal: 'own' },
  timeout: { ms: 50 },
  while: { condition: { field: 'a', is: 1 }, max: 3 },
}
const needsTwo = new Set(['compensate', 'finally'])
const second = called('second', node('write', { key: 'second', value: true }))

const around = (op: string, child: NodeSpec): NodeSpec =>
  called('around', node(op, configs[op], called('first', child), ...(needsTwo.has(op) ? [second] : [])))
const parked = node('parked', { name: 'door' })
const door: TimedEvent = { kind: 'event', key: 'door', data: 1 }

const ops = Object.keys(configs)
const beside = (child: NodeSpec): NodeSpec =>
  called('beside', node('parallel', { success: 1 }, child, node('wait', { kind: 'input' })))
const looking: NodeSpec = node('invert', undefined, node('assert', { condition: { field: 'wanted', is: true } }))

/** What halts a decorator that stands in it, and when. */
const above: readonly (readonly [string, (child: NodeSpec) => NodeSpec, TimedEvent])[] = [
  ['timeout', (child) => node('timeout', { ms: 5 }, child, ok('else')), timerAt(1_005)],
  ['signal', (child) => node('terminable', { signal: 'stop' }, child, ok('else')), signal('stop')],
  ['sibling', beside, { kind: 'input', data: 1 }],
]

const halts = (trace: readonly TraceEvent[], below: string): string[] =>
  trace.flatMap((event) =>
    event.kind === 'halt' && event.node.includes(below) ? [`${event.node.split('/').at(-1)} ${event.reason}`] : [],
  )
const cleanups = (trace: readonly TraceEvent[]): number =>
  trace.filter(({ kind, node }) => kind === 'enter' && node.endsWith('/second')).length
const context = () => ({ shelf: memoryShelf(), services: { log: [] as string[] } })
const cells = { a: 1, wanted: false }

// `subtree` has no child of its own.
it('every decorator there is is looked at', () => {
  expect(ops).toEqual(
    nodes.flatMap(({ op, kind }) => (kind === 'decorator' && op !== 'subtree' ? [op] : [])).toSorted(),
  )
})

describe.each(ops)('%s', (op) => {
  const played = (root: NodeSpec, events: TimedEvent[]): Promise<PlayedAnew> =>
    playAnew(() => build(specOf(overJson(root))), { events, cells }, context())

  it.each(above)(
    'is halted with its child, once, by %s; what waited is gone, and what comes then unheard',
    async (reason, within, event) => {
      const { rests, trace } = await played(within(around(op, parked)), [event, door])
      expect(halts(trace, 'around')).toEqual([`first ${reason}`, `around ${reason}`])
      expect(rests[1]!.waits.filter(({ node }) => node.includes('around'))).toEqual([])
      expect(rests[2]!.ignored).toBe(true)
      expect(cleanups(trace)).toBe(op === 'finally' ? 1 : 0)
    },
  )

  it('is preempted with its child, once', async () => {
    const wanting = node('sequence', undefined, ask('w'), node('write', { key: 'wanted', value: true }), parked)
    const root = node('reactiveSequence', undefined, looking, around(op, wanting))
    const { failure, trace } = await played(root, [input(1), door])
    expect(failure).toMatchObject({ code: 'inverted' })
    expect(halts(trace, 'around')).toEqual(['parked preempted', 'first preempted', 'around preempted'])
    expect(cleanups(trace)).toBe(op === 'finally' ? 1 : 0)
  })

  it('is halted with its child, once, by a cancel', async () => {
    const trace: TraceEvent[] = []
    const tree = () => build(specOf(around(op, parked)))
    const { snapshot } = await playAnew(tree, { cells }, context())
    const more = { ...context(), subscribe: (event: TraceEvent) => void trace.push(event) }
    const ended = await cancel(tree(), overJson(snapshot), turn(more))
    expect(ended).toMatchObject({ status: 'cancelled', waits: [], snapshot: { nodes: {} } })
    expect(halts(trace, 't')).toEqual(['first cancelled', 't cancelled'])
    expect(cleanups(trace)).toBe(op === 'finally' ? 1 : 0)
  })

  it('drops what comes back when it was halted', async () => {
    const { promise, resolve } = Promise.withResolvers<Status>()
    const late = called('late', node('sequence', undefined, node('held'), node('write', { key: 'after', value: 1 })))
    const log: string[] = []
    const rest = await play(
      node('lastDecides', undefined, around(op, late), ok('b')),
      { cells },
      { shelf: memoryShelf(), services: { held: promise, log } },
    )
    const before = rest.trace.length
    const reached = halts(rest.trace, 'held').length > 0
    resolve(Success)
    await settled()
    expect(rest.status).toBe('success')
    expect(log).toEqual(reached ? ['aborted', 'halt held: sibling', 'came back'] : [])
    expect(rest.trace).toHaveLength(before)
    expect([valueOf(rest.snapshot, 'late'), valueOf(rest.snapshot, 'after')]).toEqual([undefined, undefined])
  })

  it('waits as long as its child does, whatever else comes', async () => {
    const stranger: TimedEvent = { kind: 'job', key: 'of nobody', data: 1 }
    const { rests } = await played(around(op, parked), [stranger, stranger])
    expect(rests.map(standing)).toEqual([expect.stringMatching('running .*event'), 'ignored', 'ignored'])
    expect(rests[2]!.waits.map(({ node }) => node)).toContain('t/first')
  })

  it.each([
    ['no child', (spec: NodeSpec) => ({ ...spec, children: [] })],
    ['three children', (spec: NodeSpec) => ({ ...spec, children: ['x', 'y', 'z'].map(ok) })],
    ['an unknown setting', (spec: NodeSpec) => ({ ...spec, config: { ...(spec.config as object), strange: 1 } })],
    ['a list for a config', (spec: NodeSpec) => ({ ...spec, config: [] })],
  ])('is refused with %s', (_, wrong) => {
    expect(() => build(specOf(wrong(around(op, ok('a'))) as NodeSpec))).toThrow(/^t: /)
  })
})
