import { z } from 'zod'
import type { EffectOutcome } from '../run/journal.ts'
import type { Cell, EngineEvent, SessionStatus, Snapshot } from '../run/snapshot.ts'
import type { Budgets } from '../run/turn.ts'

/** What came in to a session, turn by turn: enough to run it again without anything outside. JSON. */
export interface SessionLog {
  v: 1
  tree: Snapshot['tree']
  sessionId: string
  /** Where the recording begins, if not with the session. */
  from?: Snapshot
  /** What the session began with. */
  cells?: Record<string, Cell>
  turns: TurnLog[]
}

export interface TurnLog {
  does: 'begin' | 'event' | 'cancel'
  event?: EngineEvent
  now: number
  seed: string
  /** But for `ms`, which no replay could keep. */
  limits?: Budgets
  /** Whether nodes could keep something for other sessions. */
  hasShelf?: true
  /** In the order they came, which is the order a replay lets them come in. */
  entries: LogEntry[]
  /** How the turn ended. */
  rest: { status: SessionStatus; seq: number }
}

export type LogEntry =
  | ({ kind: 'effect'; node: string; name: string; key: string; argsHash: string } & (
      | { outcome: EffectOutcome }
      | { thrown: { message: string; code?: string } }
    ))
  /** Of nodes that were at work at once, or of a deadline while something was. */
  | { kind: 'arrival'; arrival: string }

const effect = { kind: z.literal('effect'), node: z.string(), name: z.string(), key: z.string(), argsHash: z.string() }
const status = z.enum(['ok', 'no', 'unavailable', 'uncertain'])
const entry = z.union([
  z.object({ ...effect, outcome: z.object({ status }) }),
  z.object({ ...effect, thrown: z.object({ message: z.string(), code: z.string().optional() }) }),
  z.object({ kind: z.literal('arrival'), arrival: z.string() }),
])

/** As far as a replay relies on it: what is in outcomes, events and snapshots is looked at by whoever takes them. */
export const wholeLog = z.object({
  tree: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
  sessionId: z.string(),
  turns: z.array(
    z.object({
      does: z.enum(['begin', 'event', 'cancel']),
      event: z.object({ kind: z.string() }).optional(),
      now: z.number(),
      seed: z.string(),
      entries: z.array(entry),
      rest: z.object({ status: z.string(), seq: z.number() }),
    }),
  ),
})
