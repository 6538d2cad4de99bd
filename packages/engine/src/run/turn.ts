import type { Subscriber } from './events.ts'
import type { Journal } from './journal.ts'
import type { Shelf } from './shelf.ts'

/** What a turn is given. Everything that could differ between two runs of it comes from here. */
export interface TurnContext<Services = unknown> {
  sessionId: string
  /** Ms since the epoch; the same for the whole turn. */
  now: number
  /** The same for every run of one turn. */
  seed: string
  journal: Journal
  services: Services
  /** For conditions: days since 1970-01-01 on the calendar that counts; UTC's where it is not given. */
  dayOf?: (instantMs: number) => number
  /** Needed by nodes that keep something for other sessions. */
  shelf?: Shelf
  /** Aborting gives the turn up: `advance` throws the reason. */
  signal: AbortSignal
  subscribe?: Subscriber
  limits?: Budgets
  /** Ms from any start; needed for `limits.ms` only. */
  clock?: () => number
  /**
   * Calls `fire` at `at` (ms since the epoch) while the turn is still at work, so that a deadline cuts a call that
   * hangs; returns how to take it back. Deadlines that pass between turns are timer events.
   */
  alarm?: (at: number, fire: () => void) => () => void
}

/** What one turn may use up; beyond, the session faults with `budget_exceeded`. */
export interface Budgets {
  /** Nodes entered; 100,000 unless said. */
  steps?: number
  /** Moves from stage to stage. */
  transitions?: number
  /** Wall time, by `clock`. */
  ms?: number
}

export interface SessionFault {
  code: string
  reason: string
  node: string
  /** What was thrown, for logs. */
  cause?: unknown
}
