import { advance, cancel, type Advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { Shelf } from '../run/shelf.ts'
import type { Snapshot } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import { traceHash } from '../watch/trace-hash.ts'
import { wholeLog, type SessionLog, type TurnLog } from './log.ts'
import { ReplayJournal } from './replay-journal.ts'

/** Where the session stood at the end of its log, and what happened on the way. */
export interface Replayed extends Advance {
  trace: TraceEvent[]
  /** `traceHash` of it: the same for every replay of a log. */
  hash: string
}

/**
 * Runs a recorded session again, from its log alone: no effect is performed. Throws EngineFault `journal_mismatch`,
 * naming the node, where the session does not do what the log says. `services` are for leaves that take something from
 * there without asking outside; leaves that wait for anything but effects cannot be replayed in order.
 */
export async function replay(tree: Tree, log: SessionLog, services: unknown = {}): Promise<Replayed> {
  const whole = wholeLog.safeParse(log)
  if (!whole.success) {
    const [issue] = whole.error.issues
    throw mismatch(`The log is not whole: ${issue!.path.join('.')}: ${issue!.message}.`)
  }
  if (log.tree.hash !== tree.hash) {
    const { id, version } = log.tree
    throw mismatch(`The log is of ${id} ${version}, not of this ${tree.id} ${tree.version}.`)
  }
  if (log.turns.length === 0) throw mismatch('The log holds no turn.')
  const trace: TraceEvent[] = []
  let snapshot = log.from
  let rest!: Advance
  for (const [count, turn] of log.turns.entries()) {
    const name = `turn ${count + 1}`
    const journal = new ReplayJournal(turn.entries, name)
    const context: TurnContext = {
      sessionId: log.sessionId,
      now: turn.now,
      seed: turn.seed,
      journal,
      services,
      signal: journal.signal,
      alarm: journal.alarm,
      subscribe: (event) => void trace.push(event),
      ...(turn.limits !== undefined && { limits: turn.limits }),
      ...(turn.hasShelf && { shelf: closedShelf }),
    }
    rest = await run(tree, log, turn, snapshot, context)
    journal.end()
    const { status, seq } = turn.rest
    if (rest.status !== status || rest.snapshot.seq !== seq) {
      const ended = `${rest.status} after ${rest.snapshot.seq} events`
      throw mismatch(`In ${name} the session came to rest as ${ended}, and the log says ${status} after ${seq}.`)
    }
    snapshot = rest.snapshot
  }
  return { ...rest, trace, hash: traceHash(trace) }
}

function run(
  tree: Tree,
  { cells }: SessionLog,
  { does, event }: TurnLog,
  snapshot: Snapshot | undefined,
  context: TurnContext,
): Promise<Advance> {
  if (snapshot === undefined) return advance(tree, cells === undefined ? {} : { cells }, context)
  if (does === 'cancel') return cancel(tree, snapshot, context)
  return advance(tree, event === undefined ? { snapshot } : { snapshot, event }, context)
}

/** Nodes find that there is one; what is on it comes from the log. */
const closedShelf: Shelf = {
  get: () => Promise.reject(mismatch('A replay reads no shelf.')),
  put: () => Promise.reject(mismatch('A replay puts nothing on a shelf.')),
}

function mismatch(message: string): EngineFault {
  return new EngineFault('journal_mismatch', message)
}
