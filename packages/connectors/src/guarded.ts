import { systemClock, type Clock, type Connector, type OperationCall, type OperationOutcome } from '@copse/contracts'
import { createBreaker, type BreakerState, type Verdict } from './breaker.ts'
import { isTransient } from './codes.ts'
import { callWithin } from './deadline.ts'
import { linked } from './linked.ts'
import { sleepUnlessAborted, type Sleep } from './sleep.ts'

/** What happened at the guard, for metrics and logs. Never an argument or a result: those are the customer's. */
export type GuardEvent =
  | {
      kind: 'call'
      connector: string
      operation: string
      attempt: number
      status: OperationOutcome['status']
      code?: string
      durationMs: number
    }
  | { kind: 'breaker'; connector: string; state: BreakerState }

export interface GuardOptions {
  observe?: (event: GuardEvent) => void
  /** Failures in a row that open the breaker. */
  failures?: number
  probeAfterMs?: number
  /** Reads only: a write is repeated by the ledger, which knows whether it may be. */
  attempts?: number
  firstDelayMs?: number
  longestDelayMs?: number
  sleep?: Sleep
  random?: () => number
  clock?: Clock
}

/**
 * A connector that every call may rely on: bounded in time, spared while it is down, read again when that can help.
 * A domain *no* is an answer; only not being reached counts against the outside.
 */
export function guarded(connector: Connector, options: GuardOptions = {}): Connector {
  const { observe = () => {}, attempts = 3, sleep = sleepUnlessAborted, clock = systemClock } = options
  const closing = new AbortController()
  const breaker = createBreaker({
    failures: options.failures ?? 5,
    probeAfterMs: options.probeAfterMs ?? 30_000,
    onState: (state) => observe({ kind: 'breaker', connector: connector.name, state }),
  })

  async function attempt(call: OperationCall, number: number): Promise<OperationOutcome> {
    const begun = clock.now()
    const perform = () => callWithin(connector, call)
    const outcome = (await breaker.run(perform, (answer) => judge(answer, call.signal))) ?? spared(connector.name)
    observe({
      kind: 'call',
      connector: connector.name,
      operation: call.operation.name,
      attempt: number,
      status: outcome.status,
      ...('code' in outcome ? { code: outcome.code } : {}),
      durationMs: clock.now() - begun,
    })
    return outcome
  }

  async function repeat(call: OperationCall): Promise<OperationOutcome> {
    for (let number = 1; ; number += 1) {
      const outcome = await attempt(call, number)
      const again = call.operation.effect === 'read' && outcome.status === 'unavailable' && isTransient(outcome.code)
      if (!again || number >= attempts || breaker.open || call.signal.aborted) return outcome
      await sleep(delayMs(number, options), call.signal)
      if (call.signal.aborted) return outcome
    }
  }

  return {
    name: connector.name,
    operations: connector.operations,
    async call(given) {
      const { signal, release } = linked(given.signal, closing.signal)
      try {
        return await repeat({ ...given, signal })
      } finally {
        release()
      }
    },
    async close() {
      closing.abort()
      breaker.close()
      await connector.close()
    },
  }
}

function judge(outcome: OperationOutcome, signal: AbortSignal): Verdict {
  if (outcome.status === 'ok' || outcome.status === 'no') return 'reached'
  if (signal.aborted) return 'ignored'
  return isTransient(outcome.code) ? 'failed' : 'reached'
}

const spared = (name: string): OperationOutcome => ({
  status: 'unavailable',
  code: 'breaker_open',
  reason: `${name} failed several times in a row and is left alone for a while.`,
})

/** Doubles each time, and is spread over its upper half so that many callers do not come back at once. */
function delayMs(
  attempt: number,
  { firstDelayMs = 1000, longestDelayMs = 10_000, random = Math.random }: GuardOptions,
) {
  const whole = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1))
  return whole / 2 + (whole / 2) * random()
}
