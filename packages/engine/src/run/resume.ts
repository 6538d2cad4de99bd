import type { Tree } from '../tree/tree.ts'
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
  for (const id in snapshot.nodes) {
    const { status, visit, mem, memory, failure, last } = snapshot.nodes[id]!
    const index = indexOf(tree, id)
    run.mark(index, visit, status)
    if (mem === undefined && memory === undefined && failure === undefined && last === undefined) continue
    run.notes.set(index, { mem: mem ?? 0, memory, failure, result: last, controller: undefined })
  }
  for (const { node, visit, wait } of snapshot.waits) {
    run.waits.push({ index: indexOf(tree, node), visit, wait })
  }
  for (const id in snapshot.scopes) if (id !== '') run.board.seed(indexOf(tree, id), snapshot.scopes[id]!)
  if (snapshot.undo.length > 0)
    run.undos = snapshot.undo.map(({ node, visit, cells = {} }) => {
      const root = indexOf(tree, node)
      if (!isVisit(visit, snapshot)) refuse(`${node} would undo an impossible visit`)
      return { root, visit, cells }
    })
  if (snapshot.kept !== undefined) {
    run.kept = new Map(Object.entries(snapshot.kept).map(([id, json]) => [indexOf(tree, id), json]))
  }
  if (snapshot.signals !== undefined) run.signals = new Set(snapshot.signals)
  return run
}

function isVisit(visit: number, { visits }: Snapshot): boolean {
  return Number.isInteger(visit) && visit >= 1 && visit <= visits
}

function indexOf(tree: Tree, id: string): number {
  return tree.byId.get(id) ?? refuse(`the tree has no node ${id}`)
}
