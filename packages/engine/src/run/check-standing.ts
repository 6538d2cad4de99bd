import { Running } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import type { Snapshot } from './snapshot.ts'
import { isWait } from './waits.ts'

/**
 * Why no session of this tree could stand so, in words; undefined when one could. What runs are the ways from the root
 * to what waits, and nothing beside them; two ways part only where a node lets its children run side by side.
 */
export function checkStanding(tree: Tree, { status, nodes, waits, scopes, visits }: Snapshot): string | undefined {
  const ids = Object.keys(nodes)
  if (status !== 'running') return ids.length + waits.length > 0 ? 'it is over, and something in it runs' : undefined
  if (waits.length === 0) return 'nothing in it waits'
  const onTheWay = new Set<number>()
  const parted = new Set<number>()
  for (const { node, visit, wait } of waits) {
    const index = tree.byId.get(node)
    if (index === undefined) return `the tree has no node ${node}`
    if (!isWait(wait)) return `${node} waits for nothing that there is`
    const { isLeaf, woken } = tree.ops[index]!
    if (!isLeaf && woken === undefined) return `${node} cannot wait`
    if (nodes[node]?.visit !== visit) return `${node} waits in another visit`
    for (let at = index; at >= 0 && !onTheWay.has(at); at = tree.parent[at]!) {
      onTheWay.add(at)
      const above = tree.parent[at]!
      if (above >= 0 && parted.has(above) && tree.ops[above]!.parked === undefined) {
        return `two children of ${tree.ids[above]!} run`
      }
      parted.add(above)
    }
  }
  for (const id of ids) {
    const index = tree.byId.get(id)
    if (index === undefined) return `the tree has no node ${id}`
    if (!onTheWay.has(index)) return `${id} is saved, and nothing below it waits`
  }
  for (const index of onTheWay) {
    const id = tree.ids[index]!
    const node = Object.hasOwn(nodes, id) ? nodes[id]! : undefined
    if (node?.status !== Running) return `${id} is not running, and something below it waits`
    const above = index === 0 ? 0 : (nodes[tree.ids[tree.parent[index]!]!]?.visit ?? 0)
    if (!Number.isInteger(node.visit) || node.visit <= above || node.visit > visits) {
      return `${id} has an impossible visit`
    }
  }
  for (const id of Object.keys(scopes)) {
    if (id === '') continue
    const index = tree.byId.get(id)
    if (index === undefined) return `the tree has no node ${id}`
    if (!tree.scopes.kinds.has(index)) return `${id} has no blackboard of its own`
    if (!onTheWay.has(tree.parent[index]!)) return `${id} has a blackboard, and what it is for does not run`
  }
  return undefined
}
