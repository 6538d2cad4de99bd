import type { MessageView } from './views.ts'
import type { Owner } from './delivery.ts'
import type { Handoff } from './turn.ts'

/** What has to reach the tenant's own people: somebody is asked for. */
export interface Notice {
  /** The same in every try, also after a crash: whoever gets it twice can tell. */
  key: string
  /** Nobody took it the first time. */
  again: boolean
  handoff: Handoff
  /** When the person was asked for, ms. */
  at: number
  tenant: string
  channel: string
  customer: { alias: string; name?: string }
  /** What the customer was told last, in the turn that asked. */
  promises: string[]
  /** Writes that were done in its session, by name; those that nobody knows of are marked. */
  done: { name: string; state: 'done' | 'uncertain' }[]
  /** Opens the case without a login. */
  link: string
}

/** Where notices go. Adapters never retry: the lane does. */
export interface Notifier {
  readonly name: string
  send(notice: Notice, signal: AbortSignal): Promise<NoticeResult>
}

export type NoticeResult =
  | { ok: true }
  | { ok: false; retryable: boolean; retryAfterMs?: number; code: string; reason: string }

/** Tries of a notice, and how long it is tried, before it is dead. */
export const maxNoticeAttempts = 10
export const maxNoticeAgeMs = 24 * 3_600_000

/** What a tenant wants done when a person is asked for. Without it a handoff is a row that waits to be looked at. */
export interface HandoffRules {
  /** There is somebody to notify. */
  notify: boolean
  /** When the customer is told that it takes longer, and the notice is sent again, if a person was asked for then. */
  nobodyAt(askedAt: number): number
  /** A person who says nothing for so long has left the conversation to the bot. */
  returnAfterMs: number
}

export interface NoticeStore {
  /** Takes what is due, and counts the attempt. What is about a closed handoff is not needed any more, and goes. */
  claimNotices(claim: { now: number; limit: number }): Promise<{ notices: ClaimedNotice[]; nextAt: number | undefined }>
  settleNotice(seq: number, settled: NoticeSettled): Promise<void>
  /** Sends a dead notice again, with all its tries. Fault `not_found` if it is not dead, or its handoff is closed. */
  redriveNotice(seq: number, who: string): Promise<void>
  handoff(id: string): Promise<HandoffCase | undefined>
  /** When a person last spoke in the conversation, or took it; `promised`: the customer heard of a case that is open. */
  attended(conversationId: string): Promise<{ owner: Owner; at: number; promised: boolean } | undefined>
  /** Writes down that a one-time link was used. Answers false when that is known already. */
  useLink(id: string): Promise<boolean>
  isLinkUsed(id: string): Promise<boolean>
}

export type ClaimedNotice = Omit<Notice, 'tenant' | 'link'> & {
  seq: number
  attempt: number
  /** When it was first due, ms. */
  since: number
  /** Names of the notifiers that have it. */
  reached: string[]
}

export type NoticeSettled = { reached: string[] } & (
  | { state: 'sent' }
  | { state: 'retry'; at: number; error: string }
  | { state: 'dead'; error: string }
)

/** Everything that a person needs to take a case over. */
export interface HandoffCase extends Handoff {
  state: 'open' | 'taken' | 'closed'
  takenBy?: string
  conversationId: string
  sessionId: string | null
  channel: string
  customer: { alias: string; name?: string }
  language?: string
  createdAt: number
  /** The last of the conversation, in order. */
  messages: MessageView[]
  /** There is more before them. */
  earlier: boolean
}

/** Signed links that work once: for a job or an approval that is answered from outside. */
export interface Links {
  /** Answers with its address. The event that comes of it is for `contact`, and has what is posted as its data. */
  mint(link: OneTimeLink): string
}

export interface OneTimeLink {
  kind: 'job' | 'approval'
  /** Unguessable, and the same in a re-run. */
  id: string
  /** ms; not valid from then on. */
  until: number
  channel: string
  alias: string
  sessionId?: string
  /** The customer's. */
  language?: string
}
