import type { OutboundMessage } from './channel.ts'
import type { InboundEvent } from './inbound.ts'
import type { Json, JsonObject } from './json.ts'
import type { Release } from './release.ts'
import type { EffectOutcome, StoredSession } from './turn.ts'

/** All that is stored of one contact's conversations: enough to run them again without anything outside. */
export interface Recording {
  /** As they are known now. */
  contact: { id: string; name?: string; customerId?: string; memory?: JsonObject }
  /** Asked to be forgotten: of what was said nothing is left. */
  isForgotten: boolean
  /** The beginning was pruned: what the contact's first turn here stood on is not known. */
  isCut: boolean
  /** As they are now. The snapshot is null where it was pruned. */
  sessions: StoredSession[]
  /** In the order they ran; those that a person spoke in are left out. */
  turns: RecordedTurn[]
  /** By hash, of the versions that the sessions are pinned to. */
  trees: Record<string, Json>
}

export interface RecordedTurn {
  id: string
  conversationId: string
  /** Undefined when it was pruned, as are then `events`, `outcomes` and `messages`. */
  trace: JsonObject[] | undefined
  now: number
  seed: string
  attempts: number
  /** dead: given up, see `error`. */
  state: 'committed' | 'dead'
  error?: string
  settledAt: number
  /** Of the session after it; `none` when there was none. */
  sessionId: string | null
  status: StoredSession['status'] | 'none'
  events: InboundEvent[]
  /** Of its effects, in order. */
  outcomes: RecordedOutcome[]
  /** What was composed for the customer. */
  messages: OutboundMessage[]
}

/** What came of one effect; `argsHash` is the digest of what it was asked with. */
export interface RecordedOutcome {
  key: string
  name: string
  argsHash: string
  outcome: EffectOutcome
}

/** A release that a tenant's process took up: its turns from then on stood on it. Holds no credential. */
export interface KeptRelease {
  usedAt: number
  /** The process ran in development, where an alias may stand for a customer. */
  dev: boolean
  release: Release
}
