import { expect } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { cancel } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { AnyDefinition } from '../tree/definition.ts'
import { defineNode } from '../tree/registry.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { Success, type Status } from '../tree/status.ts'
import { settled } from './acting.ts'
import { overJson, playAnew } from './anew.ts'
import { testNodes } from './nodes.ts'
import { ask, build, called, input, node, ok, play, specOf, turn } from './play.ts'
import { signal, timerAt, type TimedEvent } from './standings.ts'

/** Only looks: at the clock. */
const early = defineNode({
  op: 'early',
  kind: 'leaf',
  pure: true,
  config: z.strictObject({}),
  run: (ctx) => (ctx.now() < 1_005 ? Success : ctx.fail('too_late')),
})

const door: TimedEvent = { kind: 'event', key: 'door', data: 1 }
const ways: readonly (readonly [string, (child: NodeSpec) => NodeSpec, TimedEvent])[] = [
  ['timeout', (child) => node('timeout', { ms: 5 }, child, ok('else')), timerAt(1_005)],
  ['signal', (child) => node('terminable', { signal: 'stop' }, child, ok('else')), signal('stop')],
  ['sibling', (child) => node('parallel', { success: 1 }, child, ask('other')), input(1)],
  ['preempted', (child) => node('reactiveSequence', {}, node('early'), child), { ...door, now: 1_005 }],
]

const parked = node('parked', { name: 'door' })
const context = () => ({ services: { log: [] as string[] } })
const inRow = (child: NodeSpec): NodeSpec => node('sequence', {}, child)

const halts = (trace: readonly TraceEvent[]): string[] =>
  trace.flatMap((event) =>
    event.kind === 'halt' && event.node.includes('/around')
      ? [`${event.node.replace(/.*\/around/, 'around')} ${event.reason}`]
      : [],
  )

/**
 * Halts a node from above in every way there is, once parked and once at work. `halted` are the ids that are halted, from
 * the node's own name `around`, in their order; what parks waits for the event `door`.
 */
export async function expectHalted(
  around: (leaf: NodeSpec) => NodeSpec,
  halted: readonly string[],
  {
    spec = () => ({}),
    own = [],
  }: { spec?: (leaf: NodeSpec) => Partial<TreeSpec>; own?: readonly AnyDefinition[] } = {},
): Promise<void> {
  const definitions = [...nodes, ...testNodes, early, ...own]
  const treeOf = (leaf: NodeSpec, within: (child: NodeSpec) => NodeSpec) =>
    build(overJson(specOf(within(called('around', around(leaf))), spec(leaf))), definitions)

  for (const [reason, within, event] of ways) {
    const { rests, trace } = await playAnew(() => treeOf(parked, within), { events: [event, door] }, context())
    expect(halts(trace)).toEqual(halted.map((id) => `${id} ${reason}`))
    expect(rests[1]!.waits.filter(({ node }) => node.includes('/around'))).toEqual([])
    expect(Object.keys(rests[1]!.snapshot.scopes).filter((scope) => scope.includes('/around'))).toEqual([])
    expect(rests[2]!.ignored).toBe(true)
  }

  const { snapshot } = await playAnew(() => treeOf(parked, inRow), {}, context())
  const trace: TraceEvent[] = []
  const subscribe = (event: TraceEvent) => void trace.push(event)
  const ended = await cancel(treeOf(parked, inRow), overJson(snapshot), turn({ ...context(), subscribe }))
  expect(ended).toMatchObject({ status: 'cancelled', waits: [], snapshot: { nodes: {} } })
  expect(halts(trace)).toEqual(halted.map((id) => `${id} cancelled`))

  const { promise, resolve } = Promise.withResolvers<Status>()
  const log: string[] = []
  const overtaken = treeOf(node('held'), (child) => node('lastDecides', {}, child, ok('last')))
  const rest = await play(overtaken, {}, { services: { held: promise, log } })
  const told = rest.trace.length
  expect(halts(rest.trace)).toEqual(halted.map((id) => `${id} sibling`))
  resolve(Success)
  await settled()
  expect([rest.status, log]).toEqual(['success', ['aborted', 'halt held: sibling', 'came back']])
  expect(rest.trace).toHaveLength(told)
}
