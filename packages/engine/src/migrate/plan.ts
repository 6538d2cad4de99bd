import { checkSnapshot } from '../run/check-snapshot.ts'
import type { NodeState, Snapshot } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import { compare } from './compare.ts'
import { heldBy } from './held.ts'
import { misspelt, rename, type Renames } from './renames.ts'

/** Whether a session can go on in another version of its tree. */
export interface Plan {
  /** `safe`: as it is. `map`: by the renames that were given. `stay`: it has to end in the version it is in. */
  verdict: 'safe' | 'map' | 'stay'
  /** Why it must stay, all of it; else what is good to know. */
  reasons: string[]
}

/** A plan, and the running nodes as they will be saved, by their new ids. */
export interface DetailedPlan extends Plan {
  nodes: Map<string, NodeState>
}

export function plan(from: Tree, to: Tree, snapshot: Snapshot, renames: Renames): DetailedPlan {
  checkSnapshot(from, snapshot)
  const wrong = misspelt(from, to, renames)
  const moved: string[] = []
  const notes: string[] = []
  const nodes = new Map<string, NodeState>()
  const taken = new Map<string, string>()
  for (const held of heldBy(from, snapshot)) {
    const id = rename(held.id, renames)
    const other = taken.get(id)
    if (other !== undefined) wrong.push(`${other} and ${held.id} would both be ${id}`)
    taken.set(id, held.id)
    if (id !== held.id) moved.push(`${held.id} goes on as ${id}`)
    const outcome = compare({ from, to, renames }, held)
    if (outcome.wrong !== undefined) wrong.push(outcome.wrong)
    if (outcome.state !== undefined) nodes.set(id, outcome.state)
    notes.push(...(outcome.notes ?? []))
  }
  if (snapshot.status === 'running' && to.keepsResults && !from.keepsResults) {
    wrong.push(`version ${to.version} reads what nodes leave as results, and version ${from.version} kept none`)
  }
  if (wrong.length > 0) return { verdict: 'stay', reasons: wrong, nodes }
  return { verdict: moved.length > 0 ? 'map' : 'safe', reasons: [...moved, ...notes], nodes }
}
