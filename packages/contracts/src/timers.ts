import type { JsonObject } from './json.ts'

/** What a turn asks of the timers, committed with it. */
export type TimerChange = { set: TimerSpec } | { cancel: string }

/**
 * A durable wake-up. It fires into the contact's inbox, once each time. Setting a key again replaces what was there; the
 * same schedule set again goes on where it was, so that nothing is missed over a restart.
 */
export interface TimerSpec {
  key: string
  when: { at: number } | { schedule: JsonObject; zone: string }
  misfire?: Misfire
  /** The session that it belongs to: a firing is for it, and it is cancelled when the session ends. */
  sessionId?: string
  data?: JsonObject
}

/**
 * What happens to an occurrence that was missed by more than the grace (5 minutes unless said): a one-off fires late,
 * a recurring one fires once for all that were missed, unless this says otherwise.
 */
export interface Misfire {
  policy: 'fire_once_late' | 'skip' | 'catch_up'
  graceMs?: number
  /** catch_up: at most so many. */
  max?: number
}

export interface TimerStore {
  /** Outside a turn: standing schedules, and cancelling by hand. */
  changeTimers(owner: { channel: string; alias: string }, changes: readonly TimerChange[]): Promise<void>
  /** Puts what is due into the inbox, each occurrence once, and computes what comes next. */
  fireTimers(now: number, limit: number): Promise<Fired>
  unreadTimers(): Promise<UnreadTimers[]>
  timers(filter?: { sessionId?: string; limit?: number }): Promise<TimerView[]>
}

/** What the inbox event of a firing has as its `data`. */
export interface TimerFiring {
  key: string
  /** When it was due, ms. */
  dueAt: number
  /** Of a recurring one: the time on the wall that it stands for. */
  occurrence: string
  lateMs: number
  /** It was missed: it fires later than the grace allows. */
  backfilled: boolean
  data: JsonObject
}

/** Recurring ones that cannot come while this system does not know their zone, or this version their schedule. */
export interface UnreadTimers {
  zone: string
  timers: number
}

export interface Fired {
  /** What is new in the inbox, in the order in which it was due. */
  events: { inboxId: number; contactId: string }[]
  skipped: number
  /** The zone of each that came due and cannot be read. */
  unread: string[]
  /** The largest delay among those fired, ms. */
  latestMs: number
  /** When the next one is due. */
  nextAt: number | undefined
}

export interface TimerView {
  key: string
  contactId: string
  sessionId: string | null
  dueAt: number
  schedule?: JsonObject
  zone?: string
  state: 'waiting' | 'fired' | 'skipped' | 'cancelled'
  lateMs?: number
  data: JsonObject
}
