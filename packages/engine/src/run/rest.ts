import type { Json } from '../tree/json.ts'
import { Running } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { Run } from './run.ts'
import { checkSnapshot, refuse } from './check-snapshot.ts'
import type { NodeState, SessionStatus, Snapshot } from './snapshot.ts'
import type { TurnContext } from './turn.ts'

/** Snapshot to session. A snapshot of another tree, or one that was cut or edited, is refused; nothing is guessed. */
export function resume(tree: Tree, snapshot: Snapshot, context: TurnContext): Run {
  checkSnapshot(tree, snapshot)
  const run = new Run(tree, context, {
    cells: snapshot.scopes[''] ?? {},
    seq: snapshot.seq,
    visits: snapshot.visits,
  })
  run.status = snapshot.status
  for (const [id, state] of Object.entries(snapshot.nodes)) {
    const index = indexOf(tree, id)
    if (state.status !== Running) refuse(`${id} is saved but not running`)
    if (!Number.isInteger(state.visit) || state.visit > snapshot.visits) refuse(`${id} has an impossible visit`)
    run.statuses[index] = state.status
    run.visitOf[index] = state.visit
    const { mem, memory, failure, last } = state
    if (mem === undefined && memory === undefined && failure === undefined && last === undefined) continue
    run.notes.set(index, { mem: mem ?? 0, memory, failure, result: last, controller: undefined })
  }
  for (const { node, visit, wait } of snapshot.waits) {
    const index = indexOf(tree, node)
    for (let above = index; above >= 0; above = tree.parent[above]!) {
      if (run.statuses[above] !== Running) refuse(`${node} waits but ${tree.ids[above]} is not running`)
    }
    if (run.visitOf[index] !== visit) refuse(`${node} waits in another visit`)
    run.waits.push({ index, visit, wait })
  }
  for (const [id, cells] of Object.entries(snapshot.scopes)) {
    if (id === '') continue
    const index = indexOf(tree, id)
    if (!tree.scopes.kinds.has(index)) refuse(`${id} has no blackboard of its own`)
    run.board.seed(index, cells)
  }
  for (const { node, cells } of snapshot.undo) run.undos.push({ root: indexOf(tree, node), cells: cells ?? {} })
  for (const [id, kept] of Object.entries(snapshot.kept ?? {})) run.kept.set(indexOf(tree, id), kept)
  for (const signal of snapshot.signals ?? []) run.signals.add(signal)
  return run
}

/** Session to snapshot. Only what leads to a wait is running at rest, so only those nodes are saved. */
export function restSnapshot(run: Run, status: SessionStatus = run.status): Snapshot {
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
    undo: run.undos.map(({ root, cells }) => ({
      node: tree.ids[root]!,
      ...(Object.keys(cells).length > 0 && { cells }),
    })),
  }
  if (run.kept.size > 0) snapshot.kept = Object.fromEntries(keyed(tree, run.kept))
  if (run.signals.size > 0) snapshot.signals = [...run.signals]
  return snapshot
}

/** From the root down, so that a snapshot reads as the tree does. */
function saveWayTo(run: Run, index: number, nodes: Record<string, NodeState>): void {
  const id = run.tree.ids[index]!
  if (nodes[id] !== undefined) return
  const above = run.tree.parent[index]!
  if (above >= 0) saveWayTo(run, above, nodes)
  nodes[id] = stateOf(run, index)
}

function stateOf(run: Run, index: number): NodeState {
  const state: NodeState = { status: run.statuses[index]!, visit: run.visitOf[index]! }
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

function indexOf(tree: Tree, id: string): number {
  return tree.byId.get(id) ?? refuse(`the tree has no node ${id}`)
}
