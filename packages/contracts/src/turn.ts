import type { OutboundMessage, SessionStatus } from './channel.ts'
import type { InboundEvent } from './inbound.ts'
import type { Json, JsonObject } from './json.ts'
import type { Memory } from './memory.ts'
import type { EffectPolicy, OperationOutcome } from './operations.ts'
import type { TimerChange } from './timers.ts'

/** An effect that the tree asks for. `key` is hash(session, node path, visit, name): the same after a crash. */
export interface EffectRequest {
  key: string
  node: string
  visit: number
  name: string
  args: Json
  policy: EffectPolicy
  /** Same operation and same natural key: a second success returns the first, `repeated`. */
  naturalKey?: string
  /** Asks the outside, after an uncertain outcome, whether it happened. */
  reconcile?: (key: string, signal: AbortSignal) => Promise<OperationOutcome | undefined>
}

/** An outcome of anything that leaves the process; model answers are `ok` with their answer as data. */
export type EffectOutcome = OperationOutcome

/**
 * What came in to a turn, append-only. Before a write, every entry so far and the intent are durable; after it, the
 * outcome is. A re-run after a crash gets the recorded outcomes in order; other arguments than recorded are a
 * `journal_mismatch` fault.
 */
export interface TurnJournal {
  effect(
    request: EffectRequest,
    perform: (idempotencyKey: string, signal: AbortSignal) => Promise<EffectOutcome>,
  ): Promise<EffectOutcome>
}

/** A session that waited longer for its customer is not continued. */
export const idleMs = 24 * 3_600_000

/** A session at rest, as stored. `procedure` pins its version. */
export interface StoredSession {
  id: string
  contactId: string
  conversationId: string
  procedure: { id: string; version: string; treeHash: string }
  intent: string
  step: string | null
  status: SessionStatus
  outcome?: string
  snapshot: Json
  /** Optimistic check: the number of turns committed. */
  revision: number
  createdAt: number
  updatedAt: number
}

/**
 * One inbound event carried to rest. The same after a crash but for `attempt`: `now` and `seed` were committed with
 * the set of events when the turn began, so clock, randomness and ids repeat.
 */
export interface Turn {
  id: string
  attempt: number
  now: number
  seed: string
  channel: string
  /** `memory`: what is remembered of them from earlier conversations; absent where that is nothing. */
  contact: { id: string; alias: string; name?: string; customerId?: string; memory?: JsonObject }
  conversation: { id: string; data: JsonObject }
  /** The one asked for by `sessionId`, else the contact's open one. May have ended. */
  session: StoredSession | undefined
  events: InboundEvent[]
  journal: TurnJournal
  signal: AbortSignal
}

export interface Handoff {
  id: string
  reason: string
  /** For the person who takes over. */
  summary: string
  data: JsonObject
}

/** What a turn asks to be committed, all in one transaction. */
export interface TurnResult {
  session?: {
    id: string
    procedure: { id: string; version: string; treeHash: string }
    intent: string
    step: string | null
    status: SessionStatus
    outcome?: string
    snapshot: Json
  }
  /** The open session that this turn left behind instead of going on with it: it ends, with this outcome. */
  left?: { sessionId: string; outcome: 'abandoned' | 'idle' }
  /** Replaces the conversation's data when given. */
  conversation?: JsonObject
  /** Binds the contact; only ever from the channel or an identity operation. */
  customerId?: string
  messages: OutboundMessage[]
  /** To be remembered of the contact. */
  memories?: Memory[]
  timers?: TimerChange[]
  /** How much quiet the next turn of this conversation waits for; absent: as much as the channel does. */
  quietMs?: number
  /** Derived for people, one event each, in order. */
  trace: JsonObject[]
  handoffs: Handoff[]
  /** Of a handoff: its notice is sent again, while nobody took it; or the conversation goes back to the bot. */
  recall?: { remind: string } | { giveBack: string }
  usage: Usage[]
}

export interface Usage {
  provider: string
  model: string
  purpose: string
  inputTokens: number
  outputTokens: number
}

/** What the lane plugs into: `dialogue` gives one. Throws only for bugs; everything a customer can cause is a result. */
export type HandleTurn = (turn: Turn) => Promise<TurnResult>
