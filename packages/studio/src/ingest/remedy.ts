import { Fault, type FaultCode } from '@copse/contracts'

/** What whoever waits for a draft can do about a model that gave none. */
const remedies: Partial<Record<FaultCode, (fault: Fault) => string>> = {
  model_unavailable({ retryable, extra: { retryAfterMs } }) {
    if (!retryable) return ''
    return typeof retryAfterMs === 'number'
      ? `Try again in ${Math.max(1, Math.round(retryAfterMs / 1_000))} s.`
      : 'Try again in a minute.'
  },
  model_refused: () => 'Read the text for what it may have been refused for, or let rules draft.',
  model_truncated: () => 'The draft is longer than an answer may be. Give one procedure at a time.',
  model_invalid: () => 'Try again, or with another model.',
}

export function withRemedy(error: unknown): unknown {
  if (!(error instanceof Fault)) return error
  const { code, retryable, extra, cause } = error
  const detail = [error.detail, remedies[code]?.(error)].filter(Boolean).join(' ')
  return new Fault(code, { detail, retryable, extra, cause })
}
