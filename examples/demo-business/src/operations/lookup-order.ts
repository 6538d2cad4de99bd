import type { Operation } from '../business.ts'
import { notFound } from '../texts.ts'
import { readOrder } from './order.ts'

/** Somebody else's order is not found: nobody learns that it exists. */
export const lookupOrder: Operation = (args, business) => {
  const order = readOrder(business, args.text('order_id'), args.text('customer_id'))
  return order ? { found: true, ...order } : notFound('order')
}
