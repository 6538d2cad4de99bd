import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ask, build, input, specOf, turn } from '../testing/play.ts'
import { testNodes } from '../testing/nodes.ts'
import { randomTree } from '../testing/random-tree.ts'
import { advance, type Advance } from './advance.ts'
import type { TraceEvent } from './events.ts'
import { nodes } from '../nodes/all.ts'
import { defineNode } from '../tree/registry.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { Success } from '../tree/status.ts'
import { memoryJournal } from '../testing.ts'
import type { Tree } from '../tree/tree.ts'

/** Loops that wait go on for as long as somebody answers; this is how long. */
const ANSWERS = 12

async function run(
  tree: () => Tree,
  carry: (rest: Advance) => Advance['snapshot'],
): Promise<{ end: Advance; trace: TraceEvent[] }> {
  const trace: TraceEvent[] = []
  const context = turn({ journal: memoryJournal(), subscribe: (event) => trace.push(event) })
  let end = await advance(tree(), {}, context)
  for (let count = 0; count < ANSWERS && end.status === 'running'; count++) {
    end = await advance(tree(), { snapshot: carry(end), event: input(count) }, context)
  }
  return { end, trace }
}

test('resumed at every wait, through JSON and in a fresh tree, a session ends the same with the same trace', async () => {
  await fc.assert(
    fc.asyncProperty(randomTree, async (root) => {
      const tree = build(specOf(root))
      const kept = await run(
        () => tree,
        (rest) => rest.snapshot,
      )
      const carried = await run(
        () => build(JSON.parse(JSON.stringify(specOf(root))) as ReturnType<typeof specOf>),
        (rest) => JSON.parse(JSON.stringify(rest.snapshot)) as Advance['snapshot'],
      )
      expect(carried.trace).toEqual(kept.trace)
      expect(carried.end.snapshot).toEqual(kept.end.snapshot)
    }),
    { numRuns: 150 },
  )
})

test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '7'])(
  'a tree that is called %s resumes like any other',
  async (id) => {
    const tree = build(specOf(ask('w'), { id }))
    const { end } = await run(
      () => tree,
      (rest) => JSON.parse(JSON.stringify(rest.snapshot)) as Advance['snapshot'],
    )
    expect(end.status).toBe('success')
  },
)

test('a snapshot of a newer engine is refused as newer, so that nobody takes it for a broken one', async () => {
  const tree = build(specOf(ask('w')))
  const { snapshot } = await advance(tree, {}, turn())
  const newer = { ...snapshot, v: 2 } as unknown as Advance['snapshot']
  await expect(advance(tree, { snapshot: newer, event: input(1) }, turn())).rejects.toThrow(
    expect.objectContaining({ code: 'snapshot_newer' }),
  )
})

/** A wait that has its answer at hand, and so never parks while there are any. */
const readyWait = defineNode<object, object, { answers: number }>({
  op: 'wait',
  kind: 'leaf',
  config: z.object({}),
  run(ctx) {
    if (ctx.services.answers === ANSWERS) return ctx.wait({ kind: 'input' })
    ctx.result(ctx.services.answers++)
    return Success
  },
})

test('a session that stops at every wait does what one does that never stops', async () => {
  const definitions = [
    ...nodes.filter(({ op }) => op !== 'wait'),
    readyWait,
    ...testNodes.filter(({ op }) => op !== 'draw'),
  ]
  let compared = 0
  await fc.assert(
    fc.asyncProperty(randomTree, async (drawing) => {
      const root = withoutChance(drawing)
      const stopping = await run(
        () => build(specOf(root)),
        (rest) => rest.snapshot,
      )
      const trace: TraceEvent[] = []
      const services = { answers: 0 }
      const never = await advance(
        build(specOf(root), definitions),
        {},
        turn({ services, subscribe: (event) => trace.push(event) }),
      )
      // A loop may spin for longer without a wait than with one, so only those that do not spin are compared.
      fc.pre(never.status !== 'faulted' && stopping.end.status !== 'faulted')
      compared += services.answers > 0 ? 1 : 0
      expect(happened(stopping.trace)).toEqual(happened(trace))
      expect(stopping.end.status).toBe(never.status)
      expect(stopping.end.snapshot.scopes).toEqual(never.snapshot.scopes)
      expect(stopping.end.failure).toEqual(never.failure)
    }),
    { numRuns: 300 },
  )
  expect(compared).toBeGreaterThan(30)
})

/** What happened, without the stopping itself. */
function happened(trace: TraceEvent[]): object[] {
  return trace.filter(({ kind }) => kind !== 'wait' && kind !== 'resume').map((event) => ({ ...event, seq: 0 }))
}

/** Chance is drawn anew in every turn, and the two runs have different turns. */
function withoutChance(spec: NodeSpec): NodeSpec {
  const { children, ...own } = spec.op === 'draw' ? { ...spec, op: 'succeed' } : spec
  return children === undefined ? own : { ...own, children: children.map(withoutChance) }
}
