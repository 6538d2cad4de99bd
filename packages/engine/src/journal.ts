import type { Json } from './spec.ts'

export type EffectPolicy = 'read' | 'idempotent' | 'at-most-once'

export interface EffectRequest {
  /** hash(session, node id, visit, name): shared by retries and crash re-runs. */
  key: string
  node: string
  visit: number
  name: string
  args: Json
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
}
