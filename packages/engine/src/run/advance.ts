import type { Tree } from '../tree/tree.ts'
import { resume } from './resume.ts'
import { Run, type Advance } from './run.ts'
import type { Cell, EngineEvent, SessionStatus, Snapshot } from './snapshot.ts'
import type { SessionFault, TurnContext } from './turn.ts'

export type { Advance }

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
  const { snapshot, cells } = state
  return snapshot === undefined ? begin(tree, context, cells) : resume(tree, snapshot, context)
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
    const run = begin(tree, context, state.cells)
    await run.start()
    return run.rest()
  }
  const run = resume(tree, snapshot, context)
  if (event === undefined) return ignoring(snapshot)
  const { seq } = run
  await run.send(event)
  if (run.ignored && run.seq === seq && run.fault === undefined) return ignoring(snapshot)
  return run.rest()
}

/** Ends a waiting session from outside: everything that runs is halted. */
export async function cancel<Services>(
  tree: Tree,
  snapshot: Snapshot,
  context: TurnContext<Services>,
): Promise<Advance> {
  const run = resume(tree, snapshot, context)
  await run.cancel()
  return run.ignored ? ignoring(snapshot) : run.rest()
}

function ignoring(snapshot: Snapshot): Advance {
  return { snapshot, status: snapshot.status, waits: snapshot.waits, ignored: true }
}

function begin(tree: Tree, context: TurnContext, cells: Record<string, Cell> = {}): Run {
  return new Run(tree, context, { cells, seq: 0, visits: 0 })
}
