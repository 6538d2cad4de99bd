import type { StoreCare } from './care.ts'
import type { OutboundMessage, SessionStatus } from './channel.ts'
import type { DeliveryStore, Owner, ResolutionStore } from './delivery.ts'
import type { InboundEvent } from './inbound.ts'
import type { Json } from './json.ts'
import type { HandoffRules, NoticeStore } from './notices.ts'
import type { UsageStore } from './knowledge.ts'
import type { EffectPolicy } from './operations.ts'
import type { EffectOutcome, Handoff, StoredSession, Turn, TurnResult } from './turn.ts'
import type { TimerStore } from './timers.ts'
import type { StoreViews } from './views.ts'

/**
 * What one tenant's data is kept in. A promise that resolves is durable: it survives SIGKILL and power loss. Every
 * method that writes is atomic by itself, and fails alone when it shares a transaction with others. Only one process
 * may hold a store.
 */
export interface Store
  extends
    InboxStore,
    TurnStore,
    LedgerStore,
    OutboxStore,
    DeliveryStore,
    ResolutionStore,
    TimerStore,
    NoticeStore,
    TreeStore,
    UsageStore,
    StoreViews,
    StoreCare {
  /** Counts the openings of this store: two processes never have the same. */
  readonly epoch: number
  /** What opening found unfinished and put right. */
  readonly recovered: { uncertainEffects: number; interruptedSends: number }
  close(): Promise<void>
}

// ---- inbox

export interface InboxStore {
  /**
   * Appends each event once, all or none, in order. A known message answers with the row it became the first time.
   * `start` is asked for each contact that has something new, and may begin their turn in the same commit.
   */
  append(events: readonly InboundEvent[], start?: StartWith): Promise<Appended[]>
  /** Contacts with unhandled messages, oldest message first. */
  pending(): Promise<PendingContact[]>
  /**
   * Until when the contact's next turn waits for more, the texts that are pending on channels with a quiet time being a
   * burst that may go on. Undefined: it need not wait.
   */
  quietUntil(contactId: string, channels: QuietChannels): Promise<number | undefined>
  /** What the turn that carried this row answered; undefined while it has not rested. */
  reply(inboxId: number): Promise<TurnReply | undefined>
}

export interface Appended {
  inboxId: number
  contactId: string
  duplicate: boolean
  /** Ids that came with it and belonged to somebody else: they stay as they were, but a number may have a new owner. */
  foreignAliases: number
  /** The turn that was begun for it, with the first new event of its contact. */
  begun?: BegunTurn
}

/** `event`: the first new one of the contact. Undefined: their turn is begun later. */
export type StartWith = (contactId: string, event: InboundEvent) => TurnStart | undefined

/** Name → `limits.quietMs`, of those channels whose texts are read together when they come in a row. */
export type QuietChannels = ReadonlyMap<string, number>

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
   * was, with its journal; `id`, `now` and `seed` are for a new one. On the channels named in `bursts` all texts that
   * are pending in a row are one turn. Undefined: nothing is pending.
   */
  beginTurn(start: TurnStart): Promise<BegunTurn | undefined>
  /** Everything a turn changes, at once. The session must be as the turn found it. */
  commitTurn(turn: TurnCommit): Promise<SettledTurn>
  /** Gives a turn up: its rows are dead, the customer gets `apology`, a person gets `handoff`. */
  buryTurn(burial: TurnBurial): Promise<SettledTurn>
  /** The last try says nothing about the messages, and does not count. */
  giveTryBack(turnId: string): Promise<void>
  /** Puts a dead row back with all rows of its turn, to be tried as a new one. Fault `not_found` if it is not dead. */
  redrive(inboxId: number, who: string): Promise<{ contactId: string; inboxIds: number[] }>
}

export interface TurnStart {
  contactId: string
  id: string
  now: number
  seed: string
  bursts?: readonly string[]
}

export type BegunTurn = Omit<Turn, 'journal' | 'signal'> & {
  inboxIds: number[]
  recorded: JournalEntry[]
  /** Who has the conversation. */
  owner: Owner
  /** The contact has further messages. */
  more: boolean
  /** When the oldest of the events was accepted. */
  receivedAt: number
  /** The timer that it fires for was cancelled, or set to another time, before the turn began. */
  lapsed: boolean
}

export interface TurnCommit {
  turnId: string
  /** As it was when the turn began. */
  session: StoredSession | undefined
  result: TurnResult
  /** Entries that no intent has made durable yet. */
  entries: readonly JournalEntry[]
  /** For the handoffs of the turn. */
  rules?: HandoffRules | undefined
}

export interface TurnBurial {
  turnId: string
  session: StoredSession | undefined
  /** The session itself is broken and stops here; otherwise it stays as it was. */
  faultSession: boolean
  error: string
  apology: OutboundMessage
  handoff: Handoff
  rules?: HandoffRules | undefined
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
  /**
   * Takes the next message of each conversation on these channels that is due, and counts the attempt. What may not be
   * sent any more is settled on the way: dropped when a person has the conversation or the customer opted out, dead when
   * it is too old or outside the channel's window.
   */
  claimSends(claim: SendClaim): Promise<ClaimedSends>
  settleSend(seq: number, settled: SendSettled): Promise<void>
  /** The customer's own request has read this conversation so far. */
  delivered(conversationId: string, throughSeq: number): Promise<void>
}

export interface SendClaim {
  channels: readonly string[]
  now: number
  limit: number
  /** Name → `limits.windowMs`, of the channels that have one. */
  windows?: ReadonlyMap<string, number>
  /** Those of them that have another form for what is said later. */
  beyondWindow?: ReadonlySet<string>
  maxAgeMs?: number
}

export interface ClaimedSends {
  sends: ClaimedSend[]
  /** Dropped or dead instead of sent, by reason. */
  withheld: Readonly<Record<string, number>>
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
  /** The window is over, and the channel has another form for that. */
  beyondWindow?: true
}

export type SendSettled =
  /** `holdUntil`: the next message waits for the receipt of this one, or until then. */
  | { state: 'delivered'; providerId: string; holdUntil?: number }
  /**
   * `excused`: the channel failed, not the message, and the attempt does not count. `windowOver`: unless the customer
   * wrote since it was composed, the window is taken for over.
   */
  | { state: 'retry'; at: number; error: string; excused?: boolean; windowOver?: true }
  | { state: 'dead'; error: string }

// ---- trees

/** Frozen trees by hash: a session finds the version it began with, whatever was released since. */
export interface TreeStore {
  saveTree(hash: string, tree: Json): Promise<void>
  loadTree(hash: string): Promise<Json | undefined>
}
