import { Fault } from '@copse/contracts'
import type { APIError } from '@anthropic-ai/sdk'

/** What the service said, as a fault. Its own words stay out of the detail: they can hold parts of the prompt. */
export function failureOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { status, type, requestID, headers } = error as Partial<APIError>
  const request = requestID ? ` Request ${requestID}.` : ''
  if (status === 401 || status === 403) {
    return new Fault('model_unavailable', {
      detail: `It answered ${status}: check the credential of the model binding.${request}`,
      retryable: false,
      cause: error,
    })
  }
  if (typeof status !== 'number') {
    return new Fault('model_unavailable', { detail: `${nameOf(error)}.${request}`, cause: error })
  }
  const retryAfterMs = readRetryAfter(headers?.get('retry-after') ?? null)
  return new Fault('model_unavailable', {
    detail: `It answered ${status}${type ? ` (${type})` : ''}.${request}`,
    retryable: status === 408 || status === 409 || status === 429 || status >= 500,
    cause: error,
    ...(retryAfterMs === undefined ? {} : { extra: { retryAfterMs } }),
  })
}

function nameOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'The answer could not be read'
  const said = error instanceof Error ? `${error.name} ${error.message}` : ''
  return /timed? ?out/i.test(said) ? 'It took too long' : 'The connection failed'
}

/** Seconds only; an HTTP date would need a clock, and the service sends seconds. */
function readRetryAfter(value: string | null): number | undefined {
  const seconds = value === null ? Number.NaN : Number(value)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : undefined
}
