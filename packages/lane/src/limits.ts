import { maxSendAttempts } from '@copse/contracts'

export interface LaneLimits {
  /** Turns under way at once, each of another contact. */
  concurrency: number
  /** Messages accepted and not yet handled; beyond it, `busy`. */
  queued: number
  /** Size of the messages that are not stored yet, in characters of JSON; beyond it, `busy`. */
  queuedSize: number
  /** Tries of a turn, crashes included, before it is buried. */
  attempts: number
  /** Pause before each further try. */
  retryMs: readonly number[]
  /** Then the turn's signal aborts and the try has failed. */
  turnMs: number
  /** How long an aborted handler may take to give up before it is left behind. */
  graceMs: number
  /** Pauses before an idempotent write with an uncertain outcome is repeated, one for each repeat. */
  repeatMs: readonly number[]
  /** Pause after the storage failed. */
  stallMs: number
  /** Timers that fired and are not handled yet; more stay in their table. */
  timers: number
  /** The longest sleep until the next timer: the clock may be set meanwhile. */
  wakeMs: number
  /** What a standing schedule of the process may take. */
  standingMs: number
  sends: number
  sendMs: number
  sendAttempts: number
  /** Doubles with each try, up to five minutes; the pause is anywhere below. */
  sendRetryMs: number
  /** What is not sent by then has lost its meaning, and is dead. */
  sendAgeMs: number
  /** Failures in a row, and then nothing of that channel is tried for so long. */
  breakerFailures: number
  breakerMs: number
  /** How long the next message waits for the receipt of one that is awaited. */
  awaitedMs: number
  /** One try of a notice to the tenant's own people, and its pause, which doubles up to an hour. */
  noticeMs: number
  noticeRetryMs: number
}

/** An operation may take 5 s, so that a write with its two repeats ends before the turn's deadline. */
export const defaultLimits: LaneLimits = {
  concurrency: 64,
  queued: 5_000,
  queuedSize: 64 * 1024 * 1024,
  attempts: 3,
  retryMs: [200, 1_000],
  turnMs: 25_000,
  graceMs: 1_000,
  repeatMs: [250, 1_000],
  stallMs: 1_000,
  timers: 500,
  wakeMs: 30_000,
  standingMs: 10 * 60_000,
  sends: 16,
  sendMs: 10_000,
  sendAttempts: maxSendAttempts,
  sendRetryMs: 1_000,
  sendAgeMs: 24 * 3_600_000,
  breakerFailures: 5,
  breakerMs: 30_000,
  awaitedMs: 10_000,
  noticeMs: 15_000,
  noticeRetryMs: 10_000,
}
