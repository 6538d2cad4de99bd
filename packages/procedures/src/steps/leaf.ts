import type { Json, LeafConfig, LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'

/** A leaf of the tree. Its configuration is JSON: keys without a value are left out. */
export function leaf<Op extends LeafOp>(op: Op, config: LeafConfig<Op>, name?: string): NodeSpec {
  return { op, ...(name === undefined ? {} : { name }), config: config as Json }
}
