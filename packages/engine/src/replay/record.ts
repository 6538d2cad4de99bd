import { advance, cancel, type Advance } from '../run/advance.ts'
import type { EffectRequest, Journal } from '../run/journal.ts'
import type { Cell, EngineEvent, Snapshot } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import { canonicalJson, sha256 } from '../tree/hash.ts'
import type { Tree } from '../tree/tree.ts'
import type { LogEntry, SessionLog, TurnLog } from './log.ts'

/** Runs a session as `advance` and `cancel` do, and keeps a log of what came in. */
export interface Recorder {
  /** Of the turns that came to rest so far; a turn that was given up is not in it. Undefined before the first. */
  readonly log: SessionLog | undefined
  advance(
    state: { snapshot?: Snapshot; event?: EngineEvent; cells?: Record<string, Cell> },
    context: TurnContext,
  ): Promise<Advance>
  cancel(snapshot: Snapshot, context: TurnContext): Promise<Advance>
}

/**
 * Records one session of a tree. Outcomes of effects that run side by side are handed on one at a time, each when what
 * the one before set off has been done; so a recorded turn waits a little longer, and a replay can do the same.
 */
export function recordSession(tree: Tree): Recorder {
  let log: SessionLog | undefined

  async function record(
    does: TurnLog['does'],
    given: { snapshot?: Snapshot; event?: EngineEvent; cells?: Record<string, Cell> },
    context: TurnContext,
    go: (recorded: TurnContext) => Promise<Advance>,
  ): Promise<Advance> {
    const { now, seed, sessionId } = context
    const { snapshot, event, cells } = given
    if (log !== undefined) assertNext(log, sessionId, snapshot)
    const entries: LogEntry[] = []
    const rest = await go({ ...context, journal: recording(context.journal, entries) })
    // Nothing happened, and nothing will in a replay.
    if (rest.snapshot === snapshot) return rest
    log ??= {
      v: 1,
      tree: { id: tree.id, version: tree.version, hash: tree.hash },
      sessionId,
      ...(snapshot !== undefined && { from: snapshot }),
      ...(cells !== undefined && { cells }),
      turns: [],
    }
    log.turns.push({
      does,
      ...(event !== undefined && { event }),
      now,
      seed,
      ...limitsOf(context),
      ...(context.shelf !== undefined && { hasShelf: true }),
      entries,
      rest: { status: rest.status, seq: rest.snapshot.seq },
    })
    return rest
  }

  return {
    get log() {
      return log
    },
    advance: (state, context) =>
      record(state.snapshot === undefined ? 'begin' : 'event', state, context, (recorded) =>
        advance(tree, state, recorded),
      ),
    cancel: (snapshot, context) =>
      record('cancel', { snapshot }, context, (recorded) => cancel(tree, snapshot, recorded)),
  }
}

function assertNext(log: SessionLog, sessionId: string, snapshot: Snapshot | undefined): void {
  if (sessionId === log.sessionId && snapshot?.seq === log.turns.at(-1)!.rest.seq) return
  throw new Error('A recorder records one session, turn after turn; give it the last snapshot, or take a new recorder.')
}

function limitsOf({ limits }: TurnContext): Pick<TurnLog, 'limits'> {
  if (limits === undefined) return {}
  const { ms: _, ...counted } = limits
  return { limits: counted }
}

function recording(journal: Journal, entries: LogEntry[]): Journal {
  let before = Promise.resolve()
  /** Comes back when everything that was set off by the one before has been done. */
  const turnstile = (): Promise<void> => {
    before = before.then(() => new Promise((resolve) => setImmediate(resolve)))
    return before
  }
  return {
    async effect(request, perform) {
      try {
        const outcome = await journal.effect(request, perform)
        await turnstile()
        entries.push({ ...named(request), outcome })
        return outcome
      } catch (error) {
        await turnstile()
        entries.push({ ...named(request), thrown: printed(error) })
        throw error
      }
    },
    arrivals: {
      next: () => journal.arrivals?.next(),
      note(arrival) {
        entries.push({ kind: 'arrival', arrival })
        journal.arrivals?.note(arrival)
      },
    },
  }
}

function named({ node, name, key, args }: EffectRequest) {
  return { kind: 'effect' as const, node, name, key, argsHash: sha256(canonicalJson(args)) }
}

function printed(error: unknown): { message: string; code?: string } {
  const message = error instanceof Error ? error.message : String(error)
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? { message, code } : { message }
}
