import { expect } from 'vitest'
import { z } from 'zod'
import { nodes } from '../../nodes/all.ts'
import { advance } from '../../run/advance.ts'
import { ask, build, called, input, node, ok, play, specOf, turn } from '../../testing/play.ts'
import { testNodes } from '../../testing/nodes.ts'
import type { Json } from '../../tree/json.ts'
import { defineNode, defineParent } from '../../tree/registry.ts'
import type { NodeSpec, TreeSpec } from '../../tree/spec.ts'
import { Success } from '../../tree/status.ts'
import type { Tree } from '../../tree/tree.ts'
import { migrate, MigrationRefused, planMigration } from '../migrate.ts'
import type { Renames } from '../renames.ts'

/** Keeps something from one visit to the next, then waits. */
const keeper = defineNode({
  op: 'keeper',
  kind: 'leaf',
  config: z.strictObject({ every: z.number().optional() }),
  run(ctx) {
    if (ctx.event() !== undefined) return Success
    ctx.kept = { since: ctx.now() }
    return ctx.wait({ kind: 'input' })
  },
})

/** Waits and remembers. */
const counter = defineNode({
  op: 'counter',
  kind: 'leaf',
  config: z.strictObject({ upTo: z.number().optional() }),
  run(ctx) {
    if (ctx.event() !== undefined) return Success
    ctx.mem = 7
    return ctx.wait({ kind: 'input' })
  },
})

/** Does its first child; should anything fail later, its second. */
const undoable = defineParent({
  op: 'undoable',
  kind: 'composite',
  children: { min: 2, max: 2 },
  overlays: (child) => child === 1,
  config: z.strictObject({ keep: z.string().optional() }),
  enter: (ctx) => ctx.run(0),
  settled(ctx, _, status) {
    ctx.registerUndo(1, { kept: { value: 1, by: 'system' } })
    return status
  },
})

/** Repeats its child; effects below keep their keys. */
const again = defineParent({
  op: 'again',
  kind: 'decorator',
  retries: true,
  config: z.strictObject({}),
  enter(ctx) {
    ctx.memory = { attempt: 1 }
    return ctx.run(0)
  },
  settled: (_, __, status) => status,
})

export const definitions = [...nodes, ...testNodes, keeper, counter, undoable, again]

export function version(root: NodeSpec, number = '1', more: Partial<TreeSpec> = {}): Tree {
  return build(specOf(root, { version: number, ...more }), definitions)
}

/** What is said of a session that waits in `before` and is to go on in `after`. */
export async function planned(
  before: NodeSpec | Tree,
  after: NodeSpec | Tree,
  renames: Renames = {},
  events: Json[] = [],
) {
  const from = 'hash' in before ? before : version(before)
  const to = 'hash' in after ? after : version(after, '2')
  const { snapshot } = await play(from, { events: events.map(input) })
  expect(snapshot.status).toBe('running')
  const plan = planMigration(from, to, snapshot, renames)
  if (plan.verdict === 'stay') expect(() => migrate(from, to, snapshot, renames)).toThrow(MigrationRefused)
  else await advance(to, { snapshot: migrate(from, to, snapshot, renames), event: input('go on') }, turn())
  return plan
}

export const stays = (...reasons: string[]) => ({ verdict: 'stay', reasons })
export const safe = (...reasons: string[]) => ({ verdict: 'safe', reasons })
export const row = (...children: NodeSpec[]) => node('sequence', undefined, ...children)
export const either = (...children: NodeSpec[]) => node('selector', undefined, ...children)

export const remembering = (op: string, config: Json) => row(called('it', node(op, config)))

export const choosing = (value: Json) => node('if', { branches: [{ field: 'a', is: value }] }, ok('then'), ask('else'))

export const both = (...children: NodeSpec[]) => node('parallel', undefined, ...children)

export const booking = (undo: NodeSpec, config: Json) =>
  row(called('book', node('undoable', config, ok('do'), undo)), ask('w'))

export const entering = (first: string) =>
  node('stages', { initial: first, exits: { [first]: { success: 'b' }, b: { success: 'end' } } }, ok(first), ask('b'))

export const machine = (first: string, second: string) =>
  node(
    'stages',
    {
      initial: first,
      exits: { [first]: { success: second, failure: { to: second, return: true } }, [second]: { success: 'end' } },
    },
    ok(first),
    called(second, row(ask('ask'), node('arrival', { key: 'came' }))),
  )

export const repeating = (name: string, ...first: NodeSpec[]) =>
  node('again', undefined, called('steps', row(...first, called(name, row(ask('wait'))))))

export const holding = (name: string) =>
  row(
    called(name, node('undoable', {}, called('do', node('keeper', {})), ok('undo'))),
    called(
      'both',
      node('parallel', undefined, called(`${name}1`, row(node('write', { key: 'k', value: 1 }), ask('w'))), ok('z')),
    ),
  )
