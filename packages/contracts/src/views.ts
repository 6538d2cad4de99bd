import type { StorageRefusal } from './care.ts'
import type { Option, OutboundMedia } from './channel.ts'
import type { InboundEvent, Media } from './inbound.ts'
import type { Json, JsonObject } from './json.ts'
import type { EffectPolicy } from './operations.ts'
import type { Recording } from './recording.ts'
import type { UnreadTimers } from './timers.ts'
import type { EffectOutcome, Handoff, StoredSession } from './turn.ts'

/** What people and programs read of a store. Lists are newest first, except what is read as a story. */
export interface StoreViews {
  contact(channel: string, alias: string): Promise<ContactView | undefined>
  /** Each conversation of who has this id or a conversation of this id, or who is known by this alias. */
  contacts(by: { id: string } | { alias: string; channel?: string }): Promise<ContactView[]>
  session(id: string): Promise<StoredSession | undefined>
  sessions(filter?: { contactId?: string; limit?: number }): Promise<SessionView[]>
  /** Both sides of a conversation, in order, with a number above `afterSeq`. */
  messages(of: { sessionId: string } | { conversationId: string }, afterSeq?: number): Promise<MessageView[]>
  /** The session's turns, in order. */
  trace(sessionId: string): Promise<TracedTurn[]>
  /** The newest turns, or those after a number; in order of their number, and under way ones too. */
  turns(filter?: TurnFilter): Promise<TurnView[]>
  effects(filter?: { sessionId?: string; state?: EffectState; limit?: number }): Promise<EffectView[]>
  handoffs(filter?: { sessionId?: string; limit?: number }): Promise<HandoffView[]>
  /** What people did by hand to the session and its conversation while it was the newest there, in order. */
  interventions(sessionId: string): Promise<InterventionView[]>
  /** What people did by hand to all of a contact, in order. */
  interventionsFor(contactId: string): Promise<InterventionView[]>
  /** All of the contact whose session this is. Undefined: there is no such session. */
  recording(sessionId: string): Promise<Recording | undefined>
  deadLetters(limit?: number): Promise<DeadLetter[]>
  counts(): Promise<StoreCounts>
  backlog(now: number): Promise<Backlog>
}

export interface ContactView {
  id: string
  name?: string
  customerId?: string
  /** On this channel. */
  conversationId: string
  channel: string
}

export type SessionView = Omit<StoredSession, 'snapshot'>

export interface MessageView {
  seq: number
  author: 'customer' | 'business'
  text: string
  /** What the customer tapped. */
  payload?: string
  media?: Media | OutboundMedia
  options?: Option[]
  turnId: string
  sessionId: string | null
  at: number
}

export interface TracedTurn {
  /** One after the other as they began, in all the store. */
  number: number
  turnId: string
  attempts: number
  now: number
  committedAt: number
  /** What came in. */
  events: InboundEvent[]
  trace: JsonObject[]
}

export interface TurnFilter {
  contactId?: string
  conversationId?: string
  /** Those that began after this one, the oldest first to come. Without it the newest. */
  after?: number
  /** And these: turns end in another order than they begin. */
  also?: readonly number[]
  limit?: number
}

/** A turn wherever it belongs: also one without a session, one that died and one that is under way. */
export interface TurnView extends Omit<TracedTurn, 'committedAt'> {
  state: 'open' | 'committed' | 'dead'
  /** Absent while it is under way. */
  committedAt?: number
  /** Why it died. */
  error?: string
  sessionId: string | null
  intent: string | null
  contactId: string
  conversationId: string
  channel: string
}

/** intent: under way, or the process died meanwhile. uncertain: nobody knows, a person has to look. */
export type EffectState = 'intent' | 'done' | 'no' | 'unavailable' | 'uncertain'

export interface EffectView {
  key: string
  sessionId: string | null
  turnId: string
  node: string
  visit: number
  name: string
  args: Json
  policy: EffectPolicy
  naturalKey?: string
  state: EffectState
  outcome?: EffectOutcome
  attempts: number
  startedAt: number
  settledAt?: number
}

export interface HandoffView extends Handoff {
  turnId: string
  sessionId: string | null
  contactId: string
  conversationId: string
  createdAt: number
  state: 'open' | 'taken' | 'closed'
  takenBy?: string
  /** Its newest notice that was given up, and why. */
  deadNotice?: { number: number; error: string }
}

/**
 * Something that a person decided by hand; `channel` and `timer` did it for one. `subject` is the id of what it was done
 * to: owner, say → conversation · resolve → effect · redrive → turn · redrive_send → message · redrive_notice → handoff.
 */
export interface InterventionView {
  at: number
  who: string
  what: 'owner' | 'say' | 'redrive' | 'redrive_send' | 'redrive_notice' | 'resolve'
  subject: string
  detail: JsonObject
}

export interface DeadLetter {
  inboxId: number
  contactId: string
  turnId: string
  event: InboundEvent
  error: string
  receivedAt: number
}

/** What `GET /internal/status` answers: how a tenant's process is, in one look. */
export interface TenantStatus {
  tenant: string
  instance: string
  release: { number: number; digest: string }
  /** What is newer and could not be used; null while what is newest runs. */
  refused: { at: number; why: string } | null
  /** Since when nothing can be stored, so that every message is refused, and why; null while all is well. */
  storage: StorageRefusal | null
  /** Since when the control plane has not given what is newest, and why; null while it does, and where there is none. */
  silence: Silence | null
  startedAt: number
  now: number
  counts: StoreCounts
  /** `pushed`: it is sent by itself; what is not waits until the customer's page or program reads it. */
  backlog: Omit<Backlog, 'unsent'> & { unsent: (Backlog['unsent'][number] & { pushed: boolean })[] }
  /** Channel or connector → closed, open or half_open. */
  breakers: Record<string, string>
  connectors: Record<string, string>
  lastBackup: { name: string; takenAt: number; bytes: number } | null
  /** Sessions that rest since a restore until their customer writes. Absent: none. */
  resting?: string[]
  /** Of recurring timers that do not come: their zone is not known here, or their schedule. Absent: all come. */
  unreadTimers?: UnreadTimers[]
}

export interface Silence {
  since: number
  why: string
}

/** What is late, and since when. Read from indexes of what is open: cheap however much is done. */
export interface Backlog {
  /** When the oldest message that is not handled was accepted. */
  oldestMessageAt?: number
  /** Of each channel that something is to be sent on; `error`: what the last try of the oldest came to. */
  unsent: { channel: string; messages: number; oldestAt: number; error?: string }[]
  lateTimers: number
  /** When the first of them was due. */
  firstTimerDueAt?: number
}

export interface StoreCounts {
  pendingMessages: number
  deadMessages: number
  unsentMessages: number
  deadSends: number
  droppedSends: number
  unsentNotices: number
  /** Of cases that are not closed. */
  deadNotices: number
  uncertainEffects: number
  /** Nobody took them yet. */
  openHandoffs: number
  waitingSessions: number
}
