import type { Json } from '../tree/json.ts'
import type { Tree } from '../tree/tree.ts'
import { restSnapshot, resume } from './rest.ts'
import { Run } from './run.ts'
import type { Cell, EngineEvent, SessionStatus, Snapshot } from './snapshot.ts'
import type { FailureNote } from './snapshot.ts'
import type { SessionFault, TurnContext } from './turn.ts'

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
  /** No wait matched the event. The snapshot is the one that was given, unless a deadline had passed meanwhile. */
  ignored?: true
}

/** A session to be kept in memory for a while: the same as `advance`, without a snapshot in between. */
export interface LiveRun {
  readonly status: SessionStatus
  readonly ignored: boolean
  readonly fault: SessionFault | undefined
  /** Synchronous when nothing had to be awaited. Throws when the turn was given up, as its promise then does. */
  start(): SessionStatus | Promise<SessionStatus>
  send(event: EngineEvent, context?: TurnContext): SessionStatus | Promise<SessionStatus>
  cancel(context?: TurnContext): SessionStatus | Promise<SessionStatus>
  /** Only at rest. */
  snapshot(): Snapshot
  rest(): Advance
}

/** Begins a session with `cells` on its blackboard, or takes up the one of `snapshot`. */
export function open<Services>(
  tree: Tree,
  context: TurnContext<Services>,
  state: { snapshot?: Snapshot; cells?: Record<string, Cell> } = {},
): LiveRun {
  const run =
    state.snapshot === undefined
      ? new Run(tree, context, { cells: state.cells ?? {}, seq: 0, visits: 0 })
      : resume(tree, state.snapshot, context)
  return {
    get status() {
      return run.status
    },
    get ignored() {
      return run.ignored
    },
    get fault() {
      return run.fault
    },
    start: () => run.start(),
    send: (event, turn) => run.send(event, turn),
    cancel: (turn) => run.stopHere(turn),
    snapshot: () => restSnapshot(run),
    rest: () => resting(run, restSnapshot(run)),
  }
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
    const run = new Run(tree, context, { cells: state.cells ?? {}, seq: 0, visits: 0 })
    await run.start()
    return resting(run, restSnapshot(run))
  }
  const run = resume(tree, snapshot, context)
  if (event === undefined) return ignoring(snapshot)
  const { seq } = run
  await run.send(event)
  if (run.ignored && run.seq === seq && run.fault === undefined) return ignoring(snapshot)
  return resting(run, restSnapshot(run))
}

/** Ends a waiting session from outside: everything that runs is halted. */
export async function cancel<Services>(
  tree: Tree,
  snapshot: Snapshot,
  context: TurnContext<Services>,
): Promise<Advance> {
  const run = resume(tree, snapshot, context)
  await run.stopHere()
  return run.ignored ? ignoring(snapshot) : resting(run, restSnapshot(run))
}

function ignoring(snapshot: Snapshot): Advance {
  return { snapshot, status: snapshot.status, waits: snapshot.waits, ignored: true }
}

function resting(run: Run, snapshot: Snapshot): Advance {
  const { status, fault } = run
  const rest: Advance = { snapshot, status, waits: snapshot.waits }
  if (run.ignored) rest.ignored = true
  if (fault !== undefined) return { ...rest, fault }
  const { failure, result } = run.notes.get(ABOVE_ROOT) ?? {}
  if (failure !== undefined) rest.failure = failure
  if (result !== undefined) rest.result = result
  return rest
}
