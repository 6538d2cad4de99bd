import type { OutboundMessage, SessionStatus } from './channel.ts'
import type { InboundEvent } from './inbound.ts'
import type { Json } from './json.ts'
import type { EffectPolicy } from './operations.ts'
import type { EffectOutcome, Handoff, StoredSession, Turn, TurnResult } from './turn.ts'
import type { StoreViews } from './views.ts'

/**
 * What one tenant's data is kept in. A promise that resolves is durable: it survives SIGKILL and power loss. Every
 * method that writes is atomic by itself, and fails alone when it shares a transaction with others. Only one process
 * may hold a store.
 */
export interface Store extends InboxStore, TurnStore, LedgerStore, OutboxStore, TreeStore, StoreViews {
  /** Counts the openings of this store: two processes never have the same. */
  readonly epoch: number
  /** What opening found unfinished and put right. */
  readonly recovered: { uncertainEffects: number; interruptedSends: number }
  close(): Promise<void>
}

// ---- inbox

export interface InboxStore {
  /** Appends each event once, all or none, in order. A known message answers with the row it became the first time. */
  append(events: readonly InboundEvent[]): Promise<Appended[]>
  /** Contacts with unhandled messages, oldest message first. */
  pending(): Promise<PendingContact[]>
  /** What the turn that carried this row answered; undefined while it has not rested. */
  reply(inboxId: number): Promise<TurnReply | undefined>
}

export interface Appended {
  inboxId: number
  contactId: string
  duplicate: boolean
}

export interface PendingContact {
  contactId: string
  messages: number
  /** How often the first of them was tried before: the process died, or the handler threw. */
  attempts: number
}

/** What a turn came to. The same for every delivery of the message, after restarts too. */
export interface TurnReply {
  turnId: string
  conversationId: string
  sessionId: string | null
  status: SessionStatus | 'none'
  intent: string | null
  step: string | null
  messages: OutboundMessage[]
  /** The number of its last message, for `delivered`; 0 when it said nothing. */
  throughSeq: number
}

// ---- turn

export interface TurnStore {
  /**
   * Fixes what the contact's next turn works on and counts the attempt. A turn that was begun before comes back as it
   * was, with its journal; `id`, `now` and `seed` are for a new one. Undefined: nothing is pending.
   */
  beginTurn(start: { contactId: string; id: string; now: number; seed: string }): Promise<BegunTurn | undefined>
  /** Everything a turn changes, at once. The session must be as the turn found it. */
  commitTurn(turn: TurnCommit): Promise<SettledTurn>
  /** Gives a turn up: its rows are dead, the customer gets `apology`, a person gets `handoff`. */
  buryTurn(burial: TurnBurial): Promise<SettledTurn>
  /** Puts a dead row back, to be tried as a new turn. Answers with its contact. Fault `not_found` if it is not dead. */
  redrive(inboxId: number): Promise<{ contactId: string }>
}

export type BegunTurn = Omit<Turn, 'journal' | 'signal'> & {
  inboxIds: number[]
  recorded: JournalEntry[]
  /** The contact has further messages. */
  more: boolean
}

export interface TurnCommit {
  turnId: string
  /** As it was when the turn began. */
  session: StoredSession | undefined
  result: TurnResult
  /** Entries that no intent has made durable yet. */
  entries: readonly JournalEntry[]
}

export interface TurnBurial {
  turnId: string
  session: StoredSession | undefined
  /** The session itself is broken and stops here; otherwise it stays as it was. */
  faultSession: boolean
  error: string
  apology: OutboundMessage
  handoff: Handoff
}

export interface SettledTurn {
  contactId: string
  inboxIds: number[]
  reply: TurnReply
}

// ---- journal and ledger

/** A read is one `outcome`; a write is an `intent` followed by its `outcome`. */
export interface JournalEntry {
  seq: number
  kind: 'intent' | 'outcome'
  key: string
  name: string
  argsHash: string
  outcome?: EffectOutcome
}

export interface LedgerStore {
  /** Makes a write's intent durable together with `entries`, unless the ledger already knows how it went. */
  beginEffect(intent: EffectIntent, entries: readonly JournalEntry[]): Promise<EffectStart>
  settleEffect(turnId: string, entry: JournalEntry & { outcome: EffectOutcome }): Promise<void>
}

export interface EffectIntent {
  turnId: string
  key: string
  node: string
  visit: number
  name: string
  args: Json
  argsHash: string
  policy: EffectPolicy
  naturalKey?: string
}

/**
 * begun: the intent is durable, nothing was tried before or it certainly failed. unsettled: the intent is durable, and
 * an earlier try may have happened. recorded, repeated: it was done, under this key or under another one with the same
 * natural key; nothing was written. blocked: a try under another key may have happened. mismatch: this key was used
 * with other arguments.
 */
export type EffectStart =
  | { state: 'begun' | 'unsettled' | 'blocked' | 'mismatch' }
  | { state: 'recorded' | 'repeated'; outcome: EffectOutcome }

// ---- outbox

export interface OutboxStore {
  /** Takes the next message of each conversation on these channels that is due, and counts the attempt. */
  claimSends(claim: { channels: readonly string[]; now: number; limit: number }): Promise<ClaimedSends>
  settleSend(seq: number, settled: SendSettled): Promise<void>
  /** The customer's own request has read this conversation so far. */
  delivered(conversationId: string, throughSeq: number): Promise<void>
}

export interface ClaimedSends {
  sends: ClaimedSend[]
  /** When the next retry is due, if any. */
  nextAt: number | undefined
}

export interface ClaimedSend {
  seq: number
  conversationId: string
  channel: string
  alias: string
  message: OutboundMessage
  attempt: number
}

export type SendSettled =
  | { state: 'delivered'; providerId: string }
  | { state: 'retry'; at: number; error: string }
  | { state: 'dead'; error: string }

// ---- trees

/** Frozen trees by hash: a session finds the version it began with, whatever was released since. */
export interface TreeStore {
  saveTree(hash: string, tree: Json): Promise<void>
  loadTree(hash: string): Promise<Json | undefined>
}
