export interface LaneLimits {
  /** Turns under way at once, each of another contact. */
  concurrency: number
  /** Messages accepted and not yet handled; beyond it, `busy`. */
  queued: number
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
  sends: number
  sendMs: number
  sendAttempts: number
  /** Doubles with each try, up to five minutes. */
  sendRetryMs: number
}

/** An operation may take 5 s, so that a write with its two repeats ends before the turn's deadline. */
export const defaultLimits: LaneLimits = {
  concurrency: 64,
  queued: 5_000,
  attempts: 3,
  retryMs: [200, 1_000],
  turnMs: 25_000,
  graceMs: 1_000,
  repeatMs: [250, 1_000],
  stallMs: 1_000,
  sends: 16,
  sendMs: 10_000,
  sendAttempts: 10,
  sendRetryMs: 1_000,
}
