import { leaves, type LeafConfig, type LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'

export interface Leaf<Op extends LeafOp = LeafOp> {
  stage: string
  node: NodeSpec
  op: Op
  config: LeafConfig<Op>
}

export const isLeaf = (node: NodeSpec): boolean => Object.hasOwn(leaves, node.op)

/** The leaves that talk below a node, in order. */
export function leavesIn(stage: string, node: NodeSpec): Leaf[] {
  if (isLeaf(node)) return [{ stage, node, op: node.op as LeafOp, config: node.config as LeafConfig<LeafOp> }]
  return (node.children ?? []).flatMap((child) => leavesIn(stage, child))
}

/** Narrows a leaf by its op. */
export const isOf = <Op extends LeafOp>(leaf: Leaf, op: Op): leaf is Leaf & Leaf<Op> => leaf.op === op
