import { setTimeout as sleep } from 'node:timers/promises'
import type { EffectOutcome, EffectRequest, Logger } from '@copse/contracts'

export type Perform = (idempotencyKey: string, signal: AbortSignal) => Promise<EffectOutcome>

interface Circumstances {
  signal: AbortSignal
  repeatMs: readonly number[]
  logger: Logger
}

/**
 * Carries a write whose intent is durable to the best outcome that can be known. `unsettled`: a try before this one,
 * cut short by a crash or never answered, may have happened.
 */
export async function carryOut(
  request: EffectRequest,
  perform: Perform,
  start: 'begun' | 'unsettled',
  circumstances: Circumstances,
): Promise<EffectOutcome> {
  const outcome =
    request.policy === 'idempotent'
      ? await repeat(request, perform, start, circumstances)
      : start === 'begun'
        ? await perform(request.key, circumstances.signal)
        : interrupted
  return outcome.status === 'uncertain' ? ((await reconciled(request, circumstances)) ?? outcome) : outcome
}

const interrupted: EffectOutcome = {
  status: 'uncertain',
  code: 'interrupted',
  reason: 'The process stopped between the call and its outcome.',
}

/** The outside recognises the key, so that asking again is safe, and answers as it did the first time. */
async function repeat(
  { key }: EffectRequest,
  perform: Perform,
  start: 'begun' | 'unsettled',
  { signal, repeatMs }: Circumstances,
): Promise<EffectOutcome> {
  let mayHaveHappened = start === 'unsettled'
  for (let tries = 0; ; tries++) {
    const outcome = await perform(key, signal)
    const isOpen = outcome.status === 'uncertain' || (outcome.status === 'unavailable' && mayHaveHappened)
    if (!isOpen) return outcome
    // Not reaching the outside now says nothing about the try before.
    mayHaveHappened = true
    const pauseMs = repeatMs[tries]
    if (pauseMs === undefined) return { status: 'uncertain', code: outcome.code, reason: outcome.reason }
    await sleep(pauseMs, undefined, { signal })
  }
}

async function reconciled(
  { key, name, reconcile }: EffectRequest,
  { signal, logger }: Circumstances,
): Promise<EffectOutcome | undefined> {
  if (!reconcile) return undefined
  try {
    const found = await reconcile(key, signal)
    return found?.status === 'ok' || found?.status === 'no' ? found : undefined
  } catch (error) {
    logger.warn({ error, operation: name, key }, 'could not ask whether an uncertain effect happened')
    return undefined
  }
}
