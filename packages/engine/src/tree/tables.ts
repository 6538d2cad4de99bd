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
  const stages = [-1]
  const fork = [-1]
  const retry = [-1]
  const scope = [-1]
  const follow = [-1]
  const ticking: number[] = []
  let kinds: Map<number, ScopeKind> | undefined
  let readsLast = false
  for (let index = 0; index < ops.length; index++) {
    const op = ops[index]!
    if (op.tick !== undefined) ticking.push(index)
    if (op.mayReadLast) {
      const reads = op.definition.readsLast
      readsLast ||= typeof reads === 'function' ? reads(configs[index]) : true
    }
    if (index === 0) continue
    const above = parent[index]!
    const parentOp = ops[above]!
    stages.push(parentOp.hasStages ? above : stages[above]!)
    fork.push(parentOp.parked === undefined ? fork[above]! : above)
    retry.push(parentOp.retries ? above : retry[above]!)
    follow.push(parentOp.isInOrder ? (index + 1 < end[above]! ? index + 1 : 0) : -1)
    const kind = parentOp.mayOpenScopes ? kindOf(parentOp, configs[above], index - first[above]!) : undefined
    if (kind !== undefined) (kinds ??= new Map()).set(index, kind)
    scope.push(kind === undefined ? scope[above]! : index)
  }
  return { near: { stages, fork, retry, scope }, follow, ticking, kinds: kinds ?? NO_SCOPES, readsLast }
}

/** Whether the children of a node have an overlay or a frame of their own. */
function kindOf({ definition }: Op, config: unknown, child: number): ScopeKind | undefined {
  if (definition.kind === 'leaf') return undefined
  const { frame, overlays } = definition
  if (frame !== undefined) return frame === true ? 'closed' : frame(config)
  return overlays === true || overlays?.(child) ? 'overlay' : undefined
}
