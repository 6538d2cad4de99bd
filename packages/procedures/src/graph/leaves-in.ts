import { leaves, type LeafConfig, type LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'

export interface Leaf<Op extends LeafOp = LeafOp> {
  op: Op
  config: LeafConfig<Op>
}
export const isOf = <Op extends LeafOp>(one: Leaf, op: Op): one is Leaf & Leaf<Op> => one.op === op
export const isLeaf = ({ op }: NodeSpec): boolean => Object.hasOwn(leaves, op)

/** The leaves that talk below a node, in order. */
export function leavesIn(node: NodeSpec): Leaf[] {
  if (isLeaf(node)) return [{ op: node.op as LeafOp, config: node.config as LeafConfig<LeafOp> }]
  return (node.children ?? []).flatMap(leavesIn)
}

/** Steps that take back what the calls below a node did. */
export const undoIn = (node: NodeSpec): string[] =>
  leavesIn(node).flatMap((one) => (isOf(one, 'call') ? (one.config.undo ?? []) : []))
