import type { Receipt } from '@copse/contracts'
import { classOf, reasonOf } from './errors.ts'
import { fieldsOf, idOf, listOf, timeOf, type Fields } from './read.ts'

const states: ReadonlyMap<unknown, Receipt['state']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  // A voice message that was listened to.
  ['played', 'read'],
  ['failed', 'failed'],
])

/** Undefined: a status without a message, or one that nobody knows yet. */
export function receiptOf(status: Fields, channel: string, now: number): Receipt | undefined {
  const state = states.get(status['status'])
  const providerId = idOf(status['id'])
  if (state === undefined || providerId === undefined) return undefined
  const error = state === 'failed' ? errorOf(fieldsOf(listOf(status['errors'])[0])) : undefined
  return { channel, providerId, state, at: timeOf(status['timestamp'], now) ?? now, ...(error ? { error } : {}) }
}

function errorOf(error: Fields): NonNullable<Receipt['error']> {
  const code = typeof error['code'] === 'number' ? error['code'] : undefined
  const { retryAfterMs: _, ...found } = classOf(code)
  return {
    code: code === undefined ? 'unknown' : String(code),
    reason: reasonOf(error),
    ...found,
  }
}
