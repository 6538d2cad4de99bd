import { z } from 'zod'
import { nodes } from '../../nodes/all.ts'
import { build, node, specOf } from '../../testing/play.ts'
import { testNodes } from '../../testing/nodes.ts'
import type { AnyDefinition, Ctx } from '../../tree/definition.ts'
import { defineNode } from '../../tree/registry.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import type { Status } from '../../tree/status.ts'
import type { Tree } from '../../tree/tree.ts'

/** A leaf that does whatever a test says. */
const doing = (run: (ctx: Ctx) => unknown): AnyDefinition =>
  defineNode({
    op: 'doing',
    kind: 'leaf',
    parks: true,
    config: z.strictObject({}),
    run: (ctx) => run(ctx) as Status,
  })

/** Its op is `doing`. */
export const treeWith = (run: (ctx: Ctx) => unknown, root: NodeSpec = node('doing')): Tree =>
  build(specOf(root), [...nodes, ...testNodes, doing(run)])
