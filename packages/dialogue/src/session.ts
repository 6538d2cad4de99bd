import {
  digest,
  Fault,
  type Json,
  type JsonObject,
  type Logger,
  type StoredSession,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import {
  advance,
  cancel,
  EngineFault,
  upcast,
  type Advance,
  type Cell,
  type EngineEvent,
  type Snapshot,
  type Tree,
  type TurnContext,
} from '@copse/engine'
import { answerFor } from './answers.ts'
import { serveGlobal, waitsForWords, type Served } from './globals.ts'
import { hidden } from './hidden.ts'
import { toldIn, withHistory } from './history.ts'
import { whenClosed } from './closed.ts'
import { customsIn } from './customs.ts'
import { factsIn } from './leaves/facts.ts'
import { toldAfter } from './old-taps.ts'
import { pathIn } from './path.ts'
import { phrase } from './phrases.ts'
import { show } from './say/template.ts'
import { write } from './say/write.ts'
import type { TurnScope } from './turn-scope.ts'
import { globalIn } from './understand/globals.ts'

/** A stored session, or the beginning of a new one. */
export type SessionStart = Pick<StoredSession, 'id' | 'procedure' | 'intent'> &
  Partial<Pick<StoredSession, 'snapshot' | 'step'>>

export interface SessionRun {
  session: NonNullable<TurnResult['session']>
  text: string
  trace: JsonObject[]
  /** Nobody in the tree waited for what came, or for this time. */
  isUnchanged: boolean
}

interface Given {
  turn: Turn
  scope: TurnScope
  tree: () => Promise<Tree>
  session: SessionStart
  /** Who the customer is, as far as this turn found out. */
  known: JsonObject
  logger: Logger
}

/** Runs the tree to rest and words the reply. A tree that cannot go on ends with a person, never with silence. */
export async function runSession(given: Given): Promise<SessionRun> {
  const { turn, scope, session } = given
  scope.sessionId = session.id
  scope.procedure = session.procedure
  const trace: JsonObject[] = []
  scope.told = toldIn(session.snapshot)
  const rested = await run(given, trace)
  const served = serve(given, rested, trace)
  const came = served?.kind === 'ends' ? await ended(given, rested, trace) : rested
  const status = served?.kind === 'ends' && served.outcome === 'escalated' ? 'escalated' : statusOf(came)
  const { snapshot } = came
  if (came.status === 'failure' || came.status === 'faulted') giveUp(given, came)
  const cells = snapshot.scopes[''] ?? {}
  const outcome =
    status === 'waiting'
      ? undefined
      : came.status === 'cancelled' && status === 'completed'
        ? 'cancelled'
        : status === 'completed'
          ? show(cells[hidden.outcome]?.value ?? 'resolved')
          : 'escalated'
  const written = served
    ? wordsOf(served, scope)
    : await write(scope, factsIn(cells), turn.journal, digest([session.id, 'write', turn.id]))
  // Who has asked nothing need not be answered.
  const text = written || (scope.input ? phrase('goodbye', scope.language) : '')
  const isAsked = scope.input !== undefined || scope.step !== (session.step ?? null)
  // That a question has no answer is said once: it is not asked again with what was asked.
  const isAside = scope.step === session.step && scope.said.some(({ action }) => action === 'answer')
  const asked = (isAside && scope.told?.text) || text
  const told =
    status === 'waiting' && !served && isAsked && text !== '' ? { text: asked, options: scope.options } : undefined
  const kept = toldAfter(turn.id, { before: session.snapshot, after: snapshot, told, text, scope })
  return {
    session: {
      id: session.id,
      procedure: session.procedure,
      intent: session.intent,
      step: scope.step ?? session.step ?? null,
      status,
      ...(outcome === undefined ? {} : { outcome }),
      snapshot: withHistory(snapshot, { trace, scope, told: kept }) as unknown as Json,
    },
    text,
    trace,
    isUnchanged: !served && came.ignored === true && snapshot.seq === (session.snapshot as Snapshot | undefined)?.seq,
  }
}

/** What the customer said beside the answer; where nobody waits for words, that is looked for here. */
function serve({ turn, scope, session }: Given, came: Advance, trace: JsonObject[]): Served | undefined {
  if (came.status !== 'running') return undefined
  const { input } = scope
  const isHeard = waitsForWords(came.snapshot as unknown as Json) || session.snapshot === undefined
  if (input && !isHeard && !scope.global) {
    scope.global = globalIn(input, scope.customs)
    if (scope.global)
      trace.push({ kind: 'decision', about: 'global', chosen: scope.global.what, why: { by: scope.global.by } })
  }
  if (!scope.global) return undefined
  const facts = factsIn(came.snapshot.scopes[''] ?? {})
  return serveGlobal(scope.global, { turn, scope, snapshot: came.snapshot as unknown as Json, facts })
}

function wordsOf(served: Served, scope: TurnScope): string {
  if (served.kind === 'ends') return served.text
  scope.options = served.told.options
  return served.told.text
}

/** Everything that runs is halted, and what must be cleaned up is. */
async function ended({ turn, scope, tree, session }: Given, came: Advance, trace: JsonObject[]): Promise<Advance> {
  return await cancel(await tree(), came.snapshot, contextOf({ turn, scope, session }, trace))
}

const contextOf = (
  { turn, scope, session }: Pick<Given, 'turn' | 'scope' | 'session'>,
  trace: JsonObject[],
): TurnContext<TurnScope> => ({
  sessionId: session.id,
  now: turn.now,
  seed: turn.seed,
  journal: turn.journal,
  services: scope,
  dayOf: scope.dayOf,
  signal: turn.signal,
  subscribe: (event) => {
    trace.push(event as unknown as JsonObject)
    scope.path?.note(event)
  },
})

async function run({ turn, scope, tree, session, known }: Given, trace: JsonObject[]): Promise<Advance> {
  const seeds = seedsOf(session, known)
  const stored = session.snapshot
  try {
    const built = await tree()
    scope.path = pathIn(built, stored)
    scope.customs = customsIn(built)
    const state =
      stored === undefined
        ? { cells: seeds }
        : { snapshot: withCells(upcast(stored), seeds), event: answerFor(turn.events[0]) ?? eventOf(scope) }
    return await advance(built, state, contextOf({ turn, scope, session }, trace))
  } catch (error) {
    throw explained(error)
  }
}

/** By these the lane knows a session that is lost from one that waits for a newer version of this program. */
function explained(error: unknown): unknown {
  if (!(error instanceof EngineFault)) return error
  const { code } = error
  if (code !== 'snapshot_newer' && code !== 'snapshot_invalid') return error
  return new Fault(code, { detail: error.message, cause: error })
}

/** Without words of the customer, what is due is answered: that comes before any event, and this one is for nobody. */
const eventOf = ({ input }: TurnScope): EngineEvent =>
  input
    ? { kind: 'input', data: { text: input.text, payload: input.payload ?? null } }
    : { kind: 'timer', key: '$due', data: null }

/** What every session knows from the start: the verified customer and a case number. */
function seedsOf(session: SessionStart, known: JsonObject): Record<string, Cell> {
  const seeds = { case_id: `CASE-${session.id.slice(0, 8).toUpperCase()}`, ...known }
  return Object.fromEntries(Object.entries(seeds).map(([key, value]) => [key, { value, by: 'system' as const }]))
}

/** A customer who was identified only now becomes known to the running session. What it knows already stays. */
function withCells(snapshot: Snapshot, seeds: Record<string, Cell>): Snapshot {
  // What is no snapshot is left for the engine to refuse.
  if (typeof snapshot?.scopes !== 'object') return snapshot
  return { ...snapshot, scopes: { ...snapshot.scopes, '': { ...seeds, ...snapshot.scopes[''] } } }
}

function statusOf(came: Advance): NonNullable<TurnResult['session']>['status'] {
  if (came.status === 'running') return 'waiting'
  if (came.status === 'faulted') return 'faulted'
  const cells = came.snapshot.scopes[''] ?? {}
  const isOver = came.status === 'success' || came.status === 'cancelled'
  const escalated = !isOver || cells[hidden.escalated]?.value === true || cells[hidden.outcome]?.value === 'escalated'
  return escalated ? 'escalated' : 'completed'
}

/** A run-time dead end: apology and handoff. What was already said in fixed words stays. */
function giveUp({ turn, scope, session, logger }: Given, came: Advance): void {
  const why = came.fault ? `${came.fault.code}: ${came.fault.reason}` : 'No step was left to take.'
  if (came.fault)
    logger.error(
      {
        sessionId: session.id,
        turnId: turn.id,
        contactId: turn.contact.id,
        node: came.fault.node,
        code: came.fault.code,
        reason: came.fault.reason,
      },
      'session faulted',
    )
  scope.said = scope.said.filter((part) => part.text !== undefined)
  for (const text of [phrase('dead_end', scope.language), whenClosed(scope)])
    if (text !== undefined) scope.said.push({ action: 'handoff', title: 'handoff', text })
  scope.handoffs.push({
    id: digest(['handoff', turn.id]).slice(0, 32),
    reason: 'The procedure could not go on.',
    summary: why,
    data: factsIn(came.snapshot.scopes[''] ?? {}),
  })
}
