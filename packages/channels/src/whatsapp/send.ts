import type { Channel, JsonObject, SendResult } from '@copse/contracts'
import type { WhatsAppConfig } from './binding.ts'
import { composeMessage } from './compose.ts'
import { classOf } from './errors.ts'
import { fieldsOf, listOf, stringOf, textOf } from './read.ts'

/**
 * POST /{version}/{phone number id}/messages. The API knows no idempotency key. So when no answer comes after the
 * request has left, nobody knows whether the message went: `outcome_unknown` is tried again, and the customer may, in
 * that one case, read it twice. `unreachable` never left.
 */
export function createSend(config: WhatsAppConfig, accessToken: string): NonNullable<Channel['send']> {
  const address = `${config.baseUrl.replace(/\/+$/, '')}/${config.apiVersion}/${config.phoneNumberId}/messages`
  return async (to, message, signal) => {
    let answer: Answer
    try {
      answer = await post(address, accessToken, composeMessage(to, message, config), signal)
    } catch (error) {
      return unanswered(error, signal)
    }
    const providerId = stringOf(fieldsOf(listOf(fieldsOf(answer.body)['messages'])[0])['id'])
    if (answer.ok && providerId !== undefined) return { ok: true, providerId }
    return answer.ok
      ? { ok: false, retryable: true, code: 'outcome_unknown', reason: 'The answer names no message.' }
      : refused(answer, accessToken)
  }
}

interface Answer {
  ok: boolean
  status: number
  retryAfterMs: number | undefined
  body: unknown
}

async function post(address: string, accessToken: string, body: JsonObject, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify(body),
    // The token goes where the operator said, and nowhere else.
    redirect: 'manual',
    signal,
  })
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    ok: response.ok,
    status: response.status,
    retryAfterMs: seconds > 0 && seconds <= longestWaitSeconds ? seconds * 1_000 : undefined,
    body: parse(await response.text()),
  }
}

/** An answer that asks for more is not believed. */
const longestWaitSeconds = 24 * 3_600

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused({ status, retryAfterMs, body }: Answer, accessToken: string): SendResult {
  const error = fieldsOf(fieldsOf(body)['error'])
  const code = typeof error['code'] === 'number' ? error['code'] : undefined
  const subcode = typeof error['error_subcode'] === 'number' ? error['error_subcode'] : 0
  const found = classOf(code, { status, subcode })
  return {
    ok: false,
    ...found,
    ...(found.retryable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
    code: String(code ?? `http_${status}`),
    reason: reasonIn(error, accessToken),
  }
}

const maxReasonLength = 300

/** Meta repeats a token that it does not like: it must not reach a log. */
function reasonIn(error: ReturnType<typeof fieldsOf>, accessToken: string): string {
  const { details } = fieldsOf(error['error_data'])
  const said = [error['message'], details].map(textOf).filter((words) => words !== undefined)
  const safe = said.join(': ').replaceAll(accessToken, '[token]').slice(0, maxReasonLength).toWellFormed()
  return safe || 'Meta gave no reason.'
}

/** Errors that come before a connection stands. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH'])

function unanswered(error: unknown, signal: AbortSignal): SendResult {
  const why = stringOf(fieldsOf(fieldsOf(error)['cause'])['code']) ?? 'unknown'
  if (neverLeft.has(why))
    return { ok: false, retryable: true, code: 'unreachable', reason: `No connection could be made (${why}).` }
  const reason = signal.aborted ? 'No answer in time.' : `The connection ended before the answer did (${why}).`
  return { ok: false, retryable: true, code: 'outcome_unknown', reason }
}
