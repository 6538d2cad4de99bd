import { z } from 'zod'
import { nodes } from '../../nodes/all.ts'
import { build, node, specOf } from '../../testing/play.ts'
import { testNodes } from '../../testing/nodes.ts'
import type { AnyDefinition, Ctx, ParentCtx, ParentDefinition } from '../../tree/definition.ts'
import { defineNode, defineParent } from '../../tree/registry.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import type { Status } from '../../tree/status.ts'
import type { Tree } from '../../tree/tree.ts'

/** A leaf that does whatever a test says. */
const doing = (run: (ctx: Ctx) => unknown, more: { pure?: boolean } = {}): AnyDefinition =>
  defineNode({
    op: 'doing',
    kind: 'leaf',
    parks: true,
    config: z.strictObject({}),
    run: (ctx) => run(ctx) as Status,
    ...more,
  })

/** Its op is `doing`. */
export const treeWith = (
  run: (ctx: Ctx) => unknown,
  root: NodeSpec = node('doing'),
  more: { pure?: boolean } = {},
): Tree => build(specOf(root), [...nodes, ...testNodes, doing(run, more)])

type Says = { [Part in 'enter' | 'settled' | 'woken' | 'parked' | 'tick' | 'came']?: (ctx: ParentCtx) => unknown } & {
  halt?: () => void
}

/** A parent, op `bad`, that answers whatever a test says, whether it may or not. */
export function treeUnder(says: Says, ...children: NodeSpec[]): Tree {
  const bad = { op: 'bad', kind: 'composite', children: { min: 0, max: 9 }, config: z.strictObject({}), ...says }
  return build(specOf(node('bad', undefined, ...children)), [
    ...nodes,
    ...testNodes,
    defineParent(bad as unknown as ParentDefinition),
  ])
}
