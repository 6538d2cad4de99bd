import type { Channel, Clock, JsonObject, SendResult } from '@copse/contracts'
import { post, Unanswered } from '../post.ts'
import type { WhatsAppConfig } from './binding.ts'
import { composeMessage, oneLine } from './compose.ts'
import { classOf, reasonOf } from './errors.ts'
import { longestVariable } from './limits.ts'
import { fieldsOf, jsonOf, listOf, stringOf } from './read.ts'

/**
 * POST /{version}/{phone number id}/messages. The API knows no idempotency key. So when no answer comes after the
 * request has left, nobody knows whether the message went: `outcome_unknown` is tried again, and the customer may, in
 * that one case, read it twice. `unreachable` never left.
 */
export function createSend(config: WhatsAppConfig, accessToken: string, clock: Clock): NonNullable<Channel['send']> {
  const address = `${config.baseUrl.replace(/\/+$/, '')}/${config.apiVersion}/${config.phoneNumberId}/messages`
  return async (to, message, signal) => {
    if (to.beyondWindow && (message.media || oneLine(message).length > longestVariable)) return tooLong
    let answer: Answer
    try {
      answer = await ask(address, accessToken, composeMessage(to, message, config), { signal, clock })
    } catch (error) {
      return unanswered(error, signal)
    }
    const providerId = stringOf(fieldsOf(listOf(fieldsOf(answer.body)['messages'])[0])['id'])
    if (answer.ok && providerId !== undefined)
      return { ok: true, providerId, ...(message.media ? { awaited: true as const } : {}) }
    return answer.ok
      ? { ok: false, retryable: true, code: 'outcome_unknown', reason: 'The answer names no message.' }
      : refused(answer, accessToken)
  }
}

const tooLong: SendResult = {
  ok: false,
  retryable: false,
  code: 'outside_window',
  reason: `Only a template would be taken now, and it has room for ${longestVariable} letters and for no file. Send it again once the customer has written.`,
}

interface Answer {
  ok: boolean
  status: number
  retryAfterMs: number | undefined
  body: unknown
}

async function ask(
  address: string,
  accessToken: string,
  message: JsonObject,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): Promise<Answer> {
  const authorization = `Bearer ${accessToken}`
  const { status, retryAfter, body } = await post(address, { authorization }, JSON.stringify(message), signal)
  return {
    ok: status >= 200 && status < 300,
    status,
    retryAfterMs: waitIn(retryAfter, clock.now()),
    body: jsonOf(body),
  }
}

/** An answer that asks for more is not believed. */
const longestWaitMs = 24 * 3_600_000

/** Seconds, or a date. */
function waitIn(retryAfter = '', now: number): number | undefined {
  const seconds = Number(retryAfter)
  const waitMs = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : seconds * 1_000
  return waitMs > 0 && waitMs <= longestWaitMs ? waitMs : undefined
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
    reason: reasonOf(error, accessToken),
  }
}

function unanswered(error: unknown, signal: AbortSignal): SendResult {
  const { sent, why } = error instanceof Unanswered ? error : { sent: true, why: 'unknown' }
  if (!sent) return { ok: false, retryable: true, code: 'unreachable', reason: `No connection could be made (${why}).` }
  const reason = signal.aborted ? 'No answer in time.' : `The connection ended before the answer did (${why}).`
  return { ok: false, retryable: true, code: 'outcome_unknown', reason }
}
