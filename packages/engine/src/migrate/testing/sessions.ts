import * as fc from 'fast-check'
import { advance, type Advance } from '../../run/advance.ts'
import type { TraceEvent } from '../../run/events.ts'
import type { EngineEvent } from '../../run/snapshot.ts'
import { memoryJournal } from '../../testing.ts'
import { memoryShelf } from '../../testing/memory-shelf.ts'
import { specOf, turn } from '../../testing/play.ts'
import { randomTreeOf } from '../../testing/random-tree.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../../tree/spec.ts'
import type { Tree } from '../../tree/tree.ts'

const key = fc.constantFrom('a', 'b', 'c')
const condition = fc.record({ field: key, is: fc.constantFrom<Json>(1, 'x') })
const cleaning: NodeSpec = { op: 'write', name: 'n1', config: { key: 'cleaned', value: true } }

const around = (op: string, config: Json, ...children: NodeSpec[]): NodeSpec => ({
  op,
  config,
  children: children.map((child, position) => ({ ...child, name: `n${position}` })),
})

/** All that remembers something across a wait, around one child or a row of them. */
const parents: ((row: NodeSpec[], condition: Json) => NodeSpec)[] = [
  (row) => ({ op: 'parallel', config: { concurrency: 2 }, children: row }),
  (row) => ({
    op: 'switch',
    config: { on: 'a', cases: { 1: 'n0' }, default: row.at(-1)!.name! },
    children: row.length > 1 ? [row[0]!, row.at(-1)!] : row,
  }),
  (row) => ({ op: 'gather', config: { items: row.map((_, item) => item), inherit: true }, children: row }),
  ([only]) => around('timeout', { ms: 30 }, only!, cleaning),
  ([only]) => around('retry', { attempts: 2, delayMs: 10 }, only!),
  ([only]) => around('repeat', { times: 2 }, only!),
  ([only], condition) => around('while', { condition, max: 2 }, only!),
  ([only]) => around('cooldown', { ms: 10, during: 'skip' }, only!),
  ([only]) => around('terminable', { signal: 'stop' }, only!),
  ([only]) => around('finally', {}, only!, cleaning),
  ([only]) => around('compensate', { keep: ['a'] }, only!, cleaning),
  ([only], condition) => around('reactiveSequence', {}, { op: 'assert', config: { condition } }, only!),
  ([only], condition) => around('reactiveSelector', {}, { op: 'assert', config: { condition } }, only!),
]

const leaves: readonly fc.Arbitrary<NodeSpec>[] = [
  fc.constant({ op: 'wait', config: { kind: 'timer', forMs: 20 } }),
  fc.constant({ op: 'wait', config: { kind: 'approval' } }),
  fc.constant({ op: 'job', config: { jobType: 'print' } }),
  fc.constant({ op: 'subtree', config: { use: 'inner', in: { given: { value: 1 } }, out: { given: 'b' } } }),
]

const inner: NodeSpec = around('sequence', {}, { op: 'wait', config: { kind: 'input' } }, { op: 'succeed' })

export const randomRoot: fc.Arbitrary<NodeSpec> = randomTreeOf({
  leaves,
  parents: (children) =>
    parents.map((make) => fc.tuple(children, condition).map(([row, condition]) => make(row, condition))),
})

export function treeSpec(root: NodeSpec, more: Partial<TreeSpec> = {}): TreeSpec {
  const ports = { in: { given: 'any' }, out: { given: 'any' } } as const
  return specOf(root, { subtrees: { inner: { ports, root: inner } }, ...more })
}

/** A session somewhere on its way. */
export interface Standing {
  rest: Advance
  turns: number
}

/** Carried on, from its start if there is none yet, by one answer per turn; the same answers at the same turns. */
export async function carriedOn(
  tree: Tree,
  until: number,
  from?: Standing,
): Promise<Standing & { trace: TraceEvent[] }> {
  const trace: TraceEvent[] = []
  const services = { jobs: { submit: () => Promise.resolve() } }
  const journal = memoryJournal()
  const context = (turns: number) =>
    turn({
      journal,
      services,
      shelf: memoryShelf(),
      now: 1_000 + turns * 7,
      seed: String(turns),
      subscribe: (event) => trace.push(event),
    })
  let turns = from?.turns ?? 0
  let rest = from?.rest ?? (await advance(tree, {}, context(0)))
  for (; turns < until && rest.status === 'running'; turns++) {
    const event = answerTo(rest, turns)
    rest = await advance(tree, { snapshot: rest.snapshot, event }, context(turns + 1))
  }
  return { rest, turns, trace }
}

function answerTo({ waits }: Advance, turns: number): EngineEvent {
  const { node, wait } = waits[turns % waits.length]!
  if (turns % 7 === 6) return { kind: 'signal', key: 'stop', data: null }
  const data = wait.kind === 'job' ? { ok: true } : turns
  return { kind: wait.kind, node, data, ...(wait.key !== undefined && { key: wait.key }) }
}
