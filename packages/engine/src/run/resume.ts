import type { Tree } from '../tree/tree.ts'
import { Running } from '../tree/status.ts'
import { checkSnapshot, refuse } from './check-snapshot.ts'
import { Resting } from './state.ts'
import { Run } from './run.ts'
import type { Snapshot } from './snapshot.ts'
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
  run.phase = Resting
  for (const [id, state] of Object.entries(snapshot.nodes)) {
    const index = indexOf(tree, id)
    if (state.status !== Running) refuse(`${id} is saved but not running`)
    if (!isVisit(state.visit, snapshot)) refuse(`${id} has an impossible visit`)
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
  run.undos = snapshot.undo.map(({ node, visit, cells = {} }) => {
    const root = indexOf(tree, node)
    if (!isVisit(visit, snapshot)) refuse(`${node} would undo an impossible visit`)
    return { root, visit, cells }
  })
  const kept = Object.entries(snapshot.kept ?? {})
  if (kept.length > 0) run.kept = new Map(kept.map(([id, json]) => [indexOf(tree, id), json]))
  if (snapshot.signals !== undefined) run.signals = new Set(snapshot.signals)
  return run
}

function isVisit(visit: number, { visits }: Snapshot): boolean {
  return Number.isInteger(visit) && visit >= 1 && visit <= visits
}

function indexOf(tree: Tree, id: string): number {
  return tree.byId.get(id) ?? refuse(`the tree has no node ${id}`)
}
