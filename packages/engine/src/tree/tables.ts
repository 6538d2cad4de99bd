import type { Op } from './op.ts'
import type { Near, ScopeKind } from './tree.ts'

/** Which nodes open a scope: the children of those that give each one an overlay or a frame. */
export function scopeKinds(
  ops: readonly Op[],
  configs: readonly unknown[],
  parent: readonly number[],
  first: readonly number[],
): Map<number, ScopeKind> {
  const kinds = new Map<number, ScopeKind>()
  for (let index = 1; index < ops.length; index++) {
    const { definition } = ops[parent[index]!]!
    if (definition.kind === 'leaf') continue
    const { frame, overlays } = definition
    if (frame !== undefined) kinds.set(index, frame === true ? 'closed' : frame(configs[parent[index]!]))
    else if (overlays === true || overlays?.(index - first[parent[index]!]!)) kinds.set(index, 'overlay')
  }
  return kinds
}

/** Parents come before children, so each row follows from its parent's. */
export function nearest(parent: Int32Array, ops: readonly Op[], kinds: ReadonlyMap<number, ScopeKind>): Near {
  const size = parent.length
  const stages = new Int32Array(size).fill(-1)
  const fork = new Int32Array(size).fill(-1)
  const retry = new Int32Array(size).fill(-1)
  const scope = new Int32Array(size).fill(-1)
  for (let index = 1; index < size; index++) {
    const above = parent[index]!
    const { definition } = ops[above]!
    if (definition.kind === 'leaf') continue
    stages[index] = definition.exits ? above : stages[above]!
    fork[index] = definition.parked === undefined ? fork[above]! : above
    retry[index] = definition.retries ? above : retry[above]!
    scope[index] = kinds.size > 0 && kinds.has(index) ? index : scope[above]!
  }
  return { stages, fork, retry, scope }
}

/** The short way through children that are taken in order. */
export function followers(parent: Int32Array, ops: readonly Op[], end: readonly number[]): Int32Array {
  const follow = new Int32Array(parent.length).fill(-1)
  for (let index = 1; index < parent.length; index++) {
    const above = parent[index]!
    const { definition } = ops[above]!
    if (definition.kind === 'leaf' || !definition.inOrder) continue
    follow[index] = index + 1 < end[above]! ? index + 1 : 0
  }
  return follow
}
