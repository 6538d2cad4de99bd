import type { Json } from '../tree/json.ts'
import type { Tree } from '../tree/tree.ts'
import type { NodeState, SessionStatus, Snapshot } from './snapshot.ts'
import type { State } from './state.ts'

/** Session to snapshot. Only what leads to a wait is running at rest, so only those nodes are saved. */
export function save(run: State, status: SessionStatus): Snapshot {
  const { tree, board } = run
  const nodes: Record<string, NodeState> = {}
  const waits = status === 'running' ? run.waits : []
  const scopes: Snapshot['scopes'] = { '': board.cells(-1) }
  if (status === 'running') {
    for (const { index } of waits) saveWayTo(run, index, nodes)
    for (const [scope, cells] of board.layers()) scopes[tree.ids[scope]!] = cells
  }
  const snapshot: Snapshot = {
    v: 1,
    tree: { id: tree.id, version: tree.version, hash: tree.hash },
    seq: run.seq,
    visits: run.visits,
    status,
    scopes,
    nodes,
    waits: waits.map(({ index, visit, wait }) => ({ node: tree.ids[index]!, visit, wait })),
    undo: run.undos.map(({ root, visit, cells }) => ({
      node: tree.ids[root]!,
      visit,
      ...(Object.keys(cells).length > 0 && { cells }),
    })),
  }
  if (run.kept !== undefined && run.kept.size > 0) snapshot.kept = Object.fromEntries(keyed(tree, run.kept))
  if (run.signals !== undefined) snapshot.signals = [...run.signals]
  return snapshot
}

/** From the root down, so that a snapshot reads as the tree does. */
function saveWayTo(run: State, index: number, nodes: Record<string, NodeState>): void {
  const id = run.tree.ids[index]!
  // A tree may be called like a part of Object, and then its root is.
  if (nodes[id] !== undefined && Object.hasOwn(nodes, id)) return
  const above = run.tree.parent[index]!
  if (above >= 0) saveWayTo(run, above, nodes)
  nodes[id] = stateOf(run, index)
}

function stateOf(run: State, index: number): NodeState {
  const state: NodeState = { status: run.statusOf(index), visit: run.visitOf(index) }
  const note = run.notes.get(index)
  if (note === undefined) return state
  const { mem, memory, failure, result } = note
  if (mem !== 0) state.mem = mem
  if (memory !== undefined) state.memory = memory
  if (failure !== undefined) state.failure = failure
  if (result !== undefined) state.last = result
  return state
}

function* keyed(tree: Tree, kept: ReadonlyMap<number, Json>): Iterable<[string, Json]> {
  for (const [index, json] of kept) yield [tree.ids[index]!, json]
}
