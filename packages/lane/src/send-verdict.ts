import type { ClaimedSend, Clock, SendResult, SendSettled } from '@copse/contracts'
import { backoffMs } from './backoff.ts'
import type { Breakers } from './breaker.ts'
import type { LaneLimits } from './limits.ts'

const longestPauseMs = 5 * 60_000

/** What the channel's answer means for the message, and for the channel. */
export function createVerdict(options: {
  clock: Clock
  /** In [0, 1). */
  chance: () => number
  limits: LaneLimits
  breakers: Breakers
  stop: AbortSignal
}): (send: ClaimedSend, result: SendResult) => SendSettled {
  const { clock, chance, limits, breakers, stop } = options

  return ({ channel, attempt, beyondWindow }, result) => {
    if (result.ok) {
      breakers.worked(channel)
      const holdUntil = result.awaited ? { holdUntil: clock.now() + limits.awaitedMs } : {}
      return { state: 'delivered', providerId: result.providerId, ...holdUntil }
    }
    const error = `${result.code}: ${result.reason}`
    // We gave up ourselves.
    if (stop.aborted) return { state: 'retry', at: clock.now(), error, excused: true }
    if (result.windowOver && !beyondWindow && attempt < limits.sendAttempts) {
      breakers.worked(channel)
      return { state: 'retry', at: clock.now(), error, windowOver: true }
    }
    const isDown = result.channelDown === true
    if (!result.retryable && !isDown) {
      breakers.worked(channel)
      return { state: 'dead', error }
    }
    const excused = breakers.failed(channel, isDown)
    if (!excused && attempt >= limits.sendAttempts) return { state: 'dead', error }
    // Its channel rests, and lets it wait by itself: so one message can try it after each pause, and all go once it is back.
    if (excused) return { state: 'retry', at: clock.now(), error, excused }
    const pauseMs = result.retryAfterMs ?? backoffMs(chance, limits.sendRetryMs, longestPauseMs, attempt)
    return { state: 'retry', at: clock.now() + pauseMs, error, excused }
  }
}
