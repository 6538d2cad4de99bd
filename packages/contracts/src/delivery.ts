import type { OutboundMessage } from './channel.ts'
import type { EffectOutcome } from './turn.ts'
import type { Echo, Move, Receipt } from './webhook.ts'

/** bot: we answer. queue: a person was asked for, we still say so. human: a person answers, and we are silent. */
export type Owner = 'bot' | 'queue' | 'human'

/** Tries of a message, before it is dead. */
export const maxSendAttempts = 10

/** Why a message was not even tried, and what a person can do about it. */
export const deadReasons = {
  too_old: 'It could not be sent for a day. Send it again if it still means something.',
  outside_window:
    'The customer was heard too long ago for free words on this channel. Send it again once they have written, or name a template in the binding.',
} as const

/** What happens to messages after a turn: receipts, who may speak, what people decide by hand. */
export interface DeliveryStore {
  /** Applied in any order and more than once: a state only goes up. Answers those that changed something. */
  applyReceipts(receipts: readonly Receipt[]): Promise<Receipt[]>
  /** The business spoke past us: a person has the conversation. `returnAfterMs` as with `setOwner`. */
  applyEchoes(echoes: readonly Echo[], returnAfterMs?: number): Promise<void>
  /**
   * Contacts keep their history under a new address, and what is still to be sent goes there; the old ids are nobody's.
   * `refused`: how many stay as they are, since the new address is another contact's.
   */
  applyMoves(moves: readonly Move[]): Promise<{ refused: number }>
  /**
   * Hands the conversation over. Taken by a person, what the bot had composed and not sent is dropped; given back, its
   * handoffs are closed. Answers how many messages were dropped. Fault `not_found`. With `returnAfterMs` a timer asks
   * whether the person is still there, so long after their last word.
   */
  setOwner(change: OwnerChange): Promise<{ dropped: number }>
  /** A person's words, through the same outbox. Fault `not_found`, and `not_ready` while the bot has the conversation. */
  say(words: HumanWords): Promise<{ seq: number; contactId: string }>
  /** Sends a dead message again, with all its tries. Fault `not_found` if it is not dead. */
  redriveSend(seq: number, who: string): Promise<void>
  deadSends(limit?: number): Promise<DeadSend[]>
}

export interface OwnerChange {
  conversationId: string
  owner: Owner
  who: string
  reason: string
  /** Only while nobody has this handoff. Fault `case_taken`. */
  untakenHandoff?: string
  returnAfterMs?: number | undefined
}

export interface HumanWords {
  conversationId: string
  message: OutboundMessage
  who: string
  /** Said again under the same key it is said once. */
  key: string
  returnAfterMs?: number | undefined
}

export interface DeadSend {
  seq: number
  conversationId: string
  contactId: string
  channel: string
  message: OutboundMessage
  attempts: number
  error: string
  createdAt: number
}

/** confirmed: it happened. failed: it did not. retry: it may be tried again, under the same key. */
export type Verdict =
  | { verdict: 'confirmed'; outcome: EffectOutcome & { status: 'ok' } }
  | { verdict: 'failed' | 'retry' }

export interface ResolutionStore {
  /** What a person found out of an uncertain effect. Fault `not_found`; `not_ready` when it is not uncertain. */
  resolveEffect(key: string, verdict: Verdict, who: string, reason: string): Promise<void>
}
