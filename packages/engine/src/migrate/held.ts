import { refuse } from '../run/check-snapshot.ts'
import type { NodeState, Snapshot } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'

/** All that a snapshot says of one node. */
export interface Held {
  id: string
  index: number
  /** Of a node that runs. */
  state?: NodeState
  /** It is something that a config gave its meaning to: a wait, what outlives a visit, what a child was given. */
  isBound: boolean
  hasScope: boolean
}

/** What a snapshot holds, node by node, from the root down. */
export function heldBy(tree: Tree, snapshot: Snapshot): Held[] {
  const held = new Map<number, Held>()
  const indexOf = (id: string) => tree.byId.get(id) ?? refuse(`the tree has no node ${id}`)
  const at = (index: number): Held => {
    let found = held.get(index)
    if (found === undefined) {
      held.set(index, (found = { id: tree.ids[index]!, index, isBound: false, hasScope: false }))
    }
    return found
  }
  const bind = (index: number) => void (at(index).isBound = true)
  const above = (id: string) => {
    const parent = tree.parent[indexOf(id)]!
    return parent < 0 ? refuse(`nothing stands above ${id}`) : parent
  }

  for (const [id, state] of Object.entries(snapshot.nodes)) at(indexOf(id)).state = state
  for (const { node } of snapshot.waits) bind(indexOf(node))
  for (const id of Object.keys(snapshot.kept ?? {})) bind(indexOf(id))
  for (const id of Object.keys(snapshot.scopes)) {
    if (id === '') continue
    at(indexOf(id)).hasScope = true
    bind(above(id))
  }
  for (const { node } of snapshot.undo) {
    at(indexOf(node))
    bind(above(node))
  }
  return [...held.values()].sort((a, b) => a.index - b.index)
}
