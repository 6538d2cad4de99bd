import type { Operation } from '../business.ts'
import { isoDate, isoTime } from '../dated.ts'
import { compensated, noSuchOrder } from './compensation.ts'
import { readOrder } from './order.ts'

export const issueStoreCredit: Operation = (args, business) => {
  const orderId = args.text('order_id')
  const order = readOrder(business, orderId, args.text('customer_id'))
  if (!order) return noSuchOrder(orderId)
  const before = compensated(business, orderId)
  if (before) return before
  const now = business.clock.now()
  const creditId = business.nextId('store_credits', 'CREDIT')
  const credit = {
    credit_id: creditId,
    order_id: orderId,
    customer_id: args.text('customer_id'),
    amount: order.total,
    currency: order.currency,
    code: `THANKS-${creditId.slice(-4)}`,
    valid_until: isoDate(twelveMonthsAfter(now)),
    reason: args.optional('reason'),
    created_at: isoTime(now),
  }
  business.insert('store_credits', { ...credit, idempotency_key: business.key })
  return { ok: true, ...credit, amount_text: order.total_text }
}

function twelveMonthsAfter(now: number): number {
  const date = new Date(now)
  return date.setUTCFullYear(date.getUTCFullYear() + 1)
}
