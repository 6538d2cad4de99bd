import { EngineFault } from './faults.ts'
import { Session } from './session.ts'
import type { NodeState, SessionStatus, Snapshot } from './snapshot.ts'
import { Running } from './status.ts'
import type { Tree } from './tree.ts'
import type { TurnContext } from './turn.ts'

/** Snapshot to session. A snapshot of another tree, or one that was cut or edited, is refused; nothing is guessed. */
export function openSession(tree: Tree, snapshot: Snapshot, context: TurnContext): Session {
  checkTree(tree, snapshot)
  const session = new Session(tree, context, {
    cells: snapshot.scopes[''] ?? {},
    seq: snapshot.seq,
    visits: snapshot.visits,
  })
  for (const [id, state] of Object.entries(snapshot.nodes)) {
    const index = indexOf(tree, id)
    if (state.status !== Running) refuse(`${id} is saved but not running`)
    if (!Number.isInteger(state.visit) || state.visit > snapshot.visits) refuse(`${id} has an impossible visit`)
    session.statuses[index] = state.status
    session.visitOf[index] = state.visit
    session.mems[index] = state.mem ?? 0
    if (state.memory !== undefined) session.memories.set(index, state.memory)
    if (state.failure !== undefined) session.failures.set(index, state.failure)
    if (state.last !== undefined) session.results.set(index, state.last)
  }
  for (const { node, visit, wait } of snapshot.waits) {
    const index = indexOf(tree, node)
    for (let above = index; above >= 0; above = tree.parent[above]!) {
      if (session.statuses[above] !== Running) refuse(`${node} waits but ${tree.ids[above]} is not running`)
    }
    if (session.visitOf[index] !== visit) refuse(`${node} waits in another visit`)
    session.waits.push({ index, visit, wait })
  }
  return session
}

export function checkTree(tree: Tree, snapshot: Snapshot): void {
  const shaped =
    isObject(snapshot) &&
    snapshot.v === 1 &&
    Number.isInteger(snapshot.seq) &&
    Number.isInteger(snapshot.visits) &&
    [snapshot.tree, snapshot.scopes, snapshot.nodes].every(isObject) &&
    [snapshot.scopes, snapshot.nodes].every((part) => Object.values(part).every(isObject)) &&
    Object.values(snapshot.scopes[''] ?? {}).every(isObject) &&
    Array.isArray(snapshot.waits) &&
    snapshot.waits.every((parked) => isObject(parked) && isObject(parked.wait))
  if (!shaped) refuse('it is not a whole snapshot')
  if (snapshot.tree.hash !== tree.hash) {
    refuse(`it belongs to ${snapshot.tree.id} ${snapshot.tree.version}, not to this ${tree.id} ${tree.version}`)
  }
}

/** Session to snapshot. Only what leads to a wait is running at rest, so only those nodes are saved. */
export function restSnapshot(session: Session, status: SessionStatus): Snapshot {
  const { tree } = session
  const nodes = new Map<string, NodeState>()
  const waits = status === 'running' ? session.waits : []
  for (const { index } of waits) {
    for (const node of pathTo(tree, index)) nodes.set(tree.ids[node]!, stateOf(session, node))
  }
  return {
    v: 1,
    tree: { id: tree.id, version: tree.version, hash: tree.hash },
    seq: session.seq,
    visits: session.visits,
    status,
    scopes: { '': session.board.cells() },
    nodes: Object.fromEntries(nodes),
    waits: waits.map(({ index, visit, wait }) => ({ node: tree.ids[index]!, visit, wait })),
    undo: [],
  }
}

function stateOf(session: Session, index: number): NodeState {
  const state: NodeState = { status: session.statuses[index]!, visit: session.visitOf[index]! }
  const memory = session.memories.get(index)
  const failure = session.failures.get(index)
  const last = session.results.get(index)
  if (session.mems[index] !== 0) state.mem = session.mems[index]!
  if (memory !== undefined) state.memory = memory
  if (failure !== undefined) state.failure = failure
  if (last !== undefined) state.last = last
  return state
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function pathTo(tree: Tree, index: number): number[] {
  const path: number[] = []
  for (let node = index; node >= 0; node = tree.parent[node]!) path.unshift(node)
  return path
}

function indexOf(tree: Tree, id: string): number {
  return tree.byId.get(id) ?? refuse(`the tree has no node ${id}`)
}

function refuse(why: string): never {
  throw new EngineFault('snapshot_invalid', `This snapshot cannot be continued: ${why}.`)
}
