import { compile as compileCondition, validateCondition } from '@copse/conditions'
import { leaves } from '@copse/contracts'
import { compile, createRegistry, defineNode, nodes, Success, type Tree, type TreeSpec } from '@copse/engine'
import type { z } from 'zod'

/** The leaves that talk, mute: their configurations are checked, and every one of them succeeds. */
const mute = Object.entries(leaves).map(([op, config]) =>
  defineNode({ op, kind: 'leaf', config: config as z.ZodType, run: () => Success }),
)
const registry = createRegistry([...nodes, ...mute])

/** Builds the tree as a data plane would: a dangling exit or a configuration that does not fit throws. */
export function buildTree(spec: TreeSpec): Tree {
  return compile(spec, registry, { condition: (json) => compileCondition(validateCondition(json)) })
}
