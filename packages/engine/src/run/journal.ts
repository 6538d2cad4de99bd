import type { Json } from '../tree/json.ts'

export type EffectPolicy = 'read' | 'idempotent' | 'at-most-once'

export interface EffectRequest {
  /** hash(session, node id, visit, name): shared by retries and crash re-runs. */
  key: string
  node: string
  visit: number
  name: string
  args: Json
  /** How often this visit was tried before by a retry: 0 the first time. The key stays. */
  attempt: number
  policy: EffectPolicy
  naturalKey?: string
  reconcile?: (key: string, signal: AbortSignal) => Promise<EffectOutcome | undefined>
}

export type EffectOutcome =
  | { status: 'ok'; data: { [key: string]: Json }; repeated?: true }
  | { status: 'no'; code: string; reason: string; data?: { [key: string]: Json } }
  | { status: 'unavailable'; code: string; reason: string }
  | { status: 'uncertain'; code: string; reason: string }

/**
 * Everything that leaves the process goes through here; the engine knows no store. An implementation returns recorded
 * outcomes first when a turn is re-run, and makes intent and outcome durable around `perform` for writes.
 */
export interface Journal {
  effect(
    request: EffectRequest,
    perform: (key: string, signal: AbortSignal) => Promise<EffectOutcome>,
  ): Promise<EffectOutcome>
  /**
   * Where several nodes are at work at once, in which order they came back: what decided, so a re-run must follow it.
   * Without it a tree with Parallel nodes is only as repeatable as the host's own order.
   */
  readonly arrivals?: Arrivals
}

/** The order of arrival, as recorded and as it goes on. */
export interface Arrivals {
  /** The next one recorded that was not followed yet. */
  next(): string | undefined
  /** One came back: the next recorded one, or a new one behind the last. */
  note(arrival: string): void
}
