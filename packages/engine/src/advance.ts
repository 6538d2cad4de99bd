import { EngineFault, Over } from './faults.ts'
import { checkTree, openSession, restSnapshot } from './rest.ts'
import { Session } from './session.ts'
import type { Cell, EngineEvent, SessionStatus, Snapshot } from './snapshot.ts'
import type { Json } from './spec.ts'
import { Running, statusNames, type Status } from './status.ts'
import type { Tree } from './tree.ts'
import type { FailureNote, SessionFault, TurnContext } from './turn.ts'

/** The root hands its failure and result to its parent like any node. */
const ABOVE_ROOT = -1

export interface Advance {
  snapshot: Snapshot
  status: SessionStatus
  waits: Snapshot['waits']
  fault?: SessionFault
  /** Why the tree failed. */
  failure?: FailureNote
  /** What the tree left as its result. */
  result?: Json
  /** No wait matched the event: the snapshot is the one that was given. */
  ignored?: true
}

/**
 * Begins a session with `cells` on its blackboard, or wakes the one of `snapshot` with an event, and drives it to rest:
 * waiting or ended.
 */
export async function advance<Services>(
  tree: Tree,
  state: { snapshot?: Snapshot; event?: EngineEvent; cells?: Record<string, Cell> },
  context: TurnContext<Services>,
): Promise<Advance> {
  context.signal.throwIfAborted()
  const { snapshot, event } = state
  if (snapshot === undefined) {
    return drive(new Session(tree, context, { cells: state.cells ?? {}, seq: 0, visits: 0 }))
  }
  checkTree(tree, snapshot)
  const woken = event === undefined ? undefined : wokenBy(snapshot, event)
  if (event === undefined || woken === undefined) {
    return { snapshot, status: snapshot.status, waits: snapshot.waits, ignored: true }
  }
  const session = openSession(tree, snapshot, context)
  session.wake(tree.byId.get(woken)!, event)
  return drive(session)
}

/** Ends a waiting session from outside: everything that runs is halted. */
export async function cancel<Services>(
  tree: Tree,
  snapshot: Snapshot,
  context: TurnContext<Services>,
): Promise<Advance> {
  checkTree(tree, snapshot)
  if (snapshot.status !== 'running') {
    return { snapshot, status: snapshot.status, waits: snapshot.waits, ignored: true }
  }
  const session = openSession(tree, snapshot, context)
  return finish(session, () => {
    session.halt(0, 'cancelled')
    return 'cancelled'
  })
}

function drive(session: Session): Promise<Advance> {
  return finish(session, async () => {
    const status = session.run(0)
    const rest = typeof status === 'number' ? status : await orOver(session, status)
    if (rest === Running && session.waits.length === 0 && !session.isOver()) {
      throw session.stop(0, new EngineFault('not_parked', 'the tree is running but nothing in it waits'))
    }
    return statusNames[rest]
  })
}

async function finish(session: Session, work: () => SessionStatus | Promise<SessionStatus>): Promise<Advance> {
  let status: SessionStatus = 'faulted'
  try {
    status = await work()
  } catch (error) {
    if (!(error instanceof Over)) throw error
  }
  await session.drain()
  session.context.signal.throwIfAborted()
  if (session.abandoned !== undefined) throw session.abandoned.error
  if (session.fault !== undefined) status = 'faulted'
  const snapshot = restSnapshot(session, status)
  const rest: Advance = { snapshot, status, waits: snapshot.waits }
  if (session.fault !== undefined) return { ...rest, fault: session.fault }
  const failure = session.failures.get(ABOVE_ROOT)
  const result = session.results.get(ABOVE_ROOT)
  if (failure !== undefined) rest.failure = failure
  if (result !== undefined) rest.result = result
  return rest
}

/** A node may wait for something that will never come because the session ended, or the turn was aborted, meanwhile. */
async function orOver(session: Session, status: Promise<Status>): Promise<Status> {
  const { signal } = session.context
  const giveUp = () => session.abandon(signal.reason)
  signal.addEventListener('abort', giveUp)
  try {
    return await Promise.race([status, session.over()])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/** Two nodes that fit are as bad as none: an event is never delivered by guess. */
function wokenBy(snapshot: Snapshot, event: EngineEvent): string | undefined {
  const fitting = snapshot.waits.filter(
    ({ node, wait }) =>
      wait.kind === event.kind &&
      (event.node === undefined || event.node === node) &&
      (event.key === undefined || event.key === wait.key),
  )
  const nodes = new Set(fitting.map(({ node }) => node))
  return nodes.size === 1 ? fitting[0]!.node : undefined
}
