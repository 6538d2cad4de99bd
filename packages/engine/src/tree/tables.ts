import type { Layout } from './layout.ts'
import type { Op } from './op.ts'
import type { Near, ScopeKind } from './tree.ts'

/** What a session looks up instead of finding out. */
export interface Tables {
  near: Near
  follow: readonly number[]
  ticking: readonly number[]
  kinds: ReadonlyMap<number, ScopeKind>
  readsLast: boolean
}

const NO_SCOPES: ReadonlyMap<number, ScopeKind> = new Map()

/** Parents come before children, so each row follows from its parent's. */
export function tablesOf({ ops, configs, parent, first, end }: Layout & { ops: Op[] }): Tables {
  const ticking: number[] = []
  const follow = [-1]
  let kinds: Map<number, ScopeKind> | undefined
  let readsLast = false
  let hasStages = false
  let hasForks = false
  let hasRetries = false
  for (let index = 0; index < ops.length; index++) {
    const op = ops[index]!
    if (op.tick !== undefined) ticking.push(index)
    if (op.mayReadLast) {
      const reads = op.definition.readsLast
      readsLast ||= typeof reads === 'function' ? reads(configs[index]) : true
    }
    hasStages ||= op.hasStages
    hasForks ||= op.parked !== undefined
    hasRetries ||= op.retries
    if (index === 0) continue
    const above = parent[index]!
    const parentOp = ops[above]!
    follow.push(parentOp.isInOrder ? (index + 1 < end[above]! ? index + 1 : 0) : -1)
    const kind = parentOp.mayOpenScopes ? kindOf(parentOp, configs[above], index - first[above]!) : undefined
    if (kind !== undefined) (kinds ??= new Map()).set(index, kind)
  }
  // Most trees have few of these, and then one row of nothing serves all.
  const none = ops.map(() => -1)
  const near = {
    stages: hasStages ? nearest(parent, (above) => ops[above]!.hasStages) : none,
    fork: hasForks ? nearest(parent, (above) => ops[above]!.parked !== undefined) : none,
    retry: hasRetries ? nearest(parent, (above) => ops[above]!.retries) : none,
    scope: kinds === undefined ? none : nearestScope(parent, kinds),
  }
  return { near, follow, ticking, kinds: kinds ?? NO_SCOPES, readsLast }
}

function nearest(parent: readonly number[], is: (above: number) => boolean): number[] {
  const found = [-1]
  for (let index = 1; index < parent.length; index++) {
    const above = parent[index]!
    found.push(is(above) ? above : found[above]!)
  }
  return found
}

function nearestScope(parent: readonly number[], kinds: ReadonlyMap<number, ScopeKind>): number[] {
  const found = [-1]
  for (let index = 1; index < parent.length; index++) found.push(kinds.has(index) ? index : found[parent[index]!]!)
  return found
}

/** Whether the children of a node have an overlay or a frame of their own. */
function kindOf({ definition }: Op, config: unknown, child: number): ScopeKind | undefined {
  if (definition.kind === 'leaf') return undefined
  const { frame, overlays } = definition
  if (frame !== undefined) return frame === true ? 'closed' : frame(config)
  return overlays === true || overlays?.(child) ? 'overlay' : undefined
}
