import type { Subscriber } from './events.ts'
import type { Journal } from './journal.ts'

/** What a turn is given. Everything that could differ between two runs of it comes from here. */
export interface TurnContext<Services = unknown> {
  sessionId: string
  /** Ms since the epoch; the same for the whole turn. */
  now: number
  /** The same for every run of one turn. */
  seed: string
  journal: Journal
  services: Services
  /** Aborting gives the turn up: `advance` throws the reason. */
  signal: AbortSignal
  subscribe?: Subscriber
  limits?: { steps?: number }
}

export interface SessionFault {
  code: string
  reason: string
  node: string
  /** What was thrown, for logs. */
  cause?: unknown
}

/** Why a node failed. */
export type FailureNote = { code: string; reason: string }
