import { EventEmitter } from 'node:events'
import CircuitBreaker from 'opossum'

export type BreakerState = 'open' | 'half_open' | 'closed'

export interface Breaker {
  readonly open: boolean
  /** Runs the action, whose answer says whether the outside was reached; undefined when the breaker does not let it. */
  run<T>(action: () => Promise<T>, judge: (answer: T) => Verdict): Promise<T | undefined>
  close(): void
}

/** `ignored`: says nothing about the outside, e.g. the caller gave up. A probe that is ignored has not succeeded. */
export type Verdict = 'reached' | 'failed' | 'ignored'

export interface BreakerOptions {
  /** Consecutive failures that open it. */
  failures: number
  /** How long it stays open before it admits one probe. */
  probeAfterMs: number
  onState: (state: BreakerState) => void
}

/** What opossum must see thrown so that a failed probe opens it again; it carries the answer back out. */
class NotReached extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('not reached')
    this.answer = answer
  }
}

/**
 * opossum's state machine and its single half-open probe, with our own count: it opens by percentage, which 100 never
 * exceeds, and we open it after so many failures in a row.
 */
export function createBreaker({ failures, probeAfterMs, onState }: BreakerOptions): Breaker {
  let inARow = 0
  const circuit = new CircuitBreaker((action: () => Promise<unknown>) => action(), {
    timeout: false,
    resetTimeout: probeAfterMs,
    errorThresholdPercentage: 100,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    // Nobody reads its statistics: without this each breaker would keep a timer for them.
    rotateBucketController: new EventEmitter(),
  })
  circuit.on('open', () => onState('open'))
  circuit.on('halfOpen', () => onState('half_open'))
  circuit.on('close', () => onState('closed'))

  return {
    get open() {
      return !circuit.closed
    },
    async run<T>(action: () => Promise<T>, judge: (answer: T) => Verdict): Promise<T | undefined> {
      if (circuit.isShutdown) return undefined
      const guarded = async () => {
        const answer = await action()
        const verdict = judge(answer)
        if (verdict === 'reached') inARow = 0
        if (verdict === 'failed') inARow += 1
        if (verdict === 'failed' || (verdict === 'ignored' && circuit.halfOpen)) throw new NotReached(answer)
        return answer
      }
      try {
        return (await circuit.fire(guarded)) as T
      } catch (error) {
        if (error instanceof NotReached) {
          if (inARow >= failures) circuit.open()
          return error.answer as T
        }
        if (error instanceof Error && CircuitBreaker.isOurError(error)) return undefined
        throw error
      }
    },
    close: () => circuit.shutdown(),
  }
}
