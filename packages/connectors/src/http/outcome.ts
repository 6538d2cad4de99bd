import { outcomeOfAnswer, refusalOf, type EffectPolicy, type JsonObject, type OperationOutcome } from '@copse/contracts'
import type { ReachCode } from '../codes.ts'
import type { Exchange } from './exchange.ts'

/**
 * What an exchange means.
 *
 * | came back                                        | read        | write       |
 * |--------------------------------------------------|-------------|-------------|
 * | 2xx, JSON object or nothing                      | ok          | ok          |
 * | 2xx with `found: false` or `ok: false`           | no          | no          |
 * | 404, 409, 410, 422 with a JSON object            | no          | no          |
 * | any other 4xx                                    | unavailable | unavailable |
 * | 408, 429; any 5xx that says `not_done: true`     | unavailable | unavailable |
 * | nothing, and nothing was sent                    | unavailable | unavailable |
 * | any other 5xx, any 3xx                           | unavailable | uncertain   |
 * | 2xx that is no JSON object, or over 1 MB         | unavailable | uncertain   |
 * | nothing, after the request was sent              | unavailable | uncertain   |
 */
export function outcomeOf(came: Exchange, effect: EffectPolicy): OperationOutcome {
  const unsure = (code: ReachCode, reason: string): OperationOutcome => ({
    status: effect === 'read' ? 'unavailable' : 'uncertain',
    code,
    reason,
  })
  if (!came.answered) {
    return came.sent ? unsure(came.code, came.reason) : { status: 'unavailable', code: came.code, reason: came.reason }
  }
  const { status } = came
  const data = parseObject(came.body)
  if (status >= 200 && status < 300) {
    if (!data) return unsure('answer_unreadable', `The answer (status ${status}) is not a JSON object.`)
    return outcomeOfAnswer(data)
  }
  const answered = `It answered with status ${status}.`
  const refusedAs = refusals[status]
  if (refusedAs !== undefined && data && Object.keys(data).length > 0) return refusalOf(data, refusedAs)
  if (status === 408 || status === 429) return { status: 'unavailable', code: 'too_busy', reason: answered }
  if (status >= 400 && status < 500) return { status: 'unavailable', code: 'rejected', reason: answered }
  if (status >= 500 && data?.['not_done'] === true)
    return { status: 'unavailable', code: 'server_error', reason: answered }
  return unsure(status >= 500 ? 'server_error' : 'redirected', answered)
}

/** The statuses with which a business says no, and the code of the *no* when the body names none. */
const refusals: Record<number, string> = { 404: 'not_found', 409: 'conflict', 410: 'not_found', 422: 'refused' }

function parseObject(body: string): JsonObject | undefined {
  if (body.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(body)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined // not JSON: the caller says what that means
  }
}
