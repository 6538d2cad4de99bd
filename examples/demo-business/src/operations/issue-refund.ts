import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import { compensated, noSuchOrder } from './compensation.ts'
import { readOrder } from './order.ts'

export const issueRefund: Operation = (args, business) => {
  const orderId = args.text('order_id')
  const order = readOrder(business, orderId, args.text('customer_id'))
  if (!order) return noSuchOrder(orderId)
  const before = compensated(business, orderId)
  if (before) return before
  const refund = {
    refund_id: business.nextId('refunds', 'REF'),
    order_id: orderId,
    customer_id: args.text('customer_id'),
    amount: order.total,
    currency: order.currency,
    reason: args.optional('reason'),
    created_at: isoTime(business.clock.now()),
  }
  business.insert('refunds', { ...refund, idempotency_key: business.key })
  const { merchant_name, payment_method, total_text } = order
  return { ok: true, ...refund, amount_text: total_text, merchant_name, payment_method }
}
