import type { Business } from '../business.ts'
import { refused, type Texts } from '../texts.ts'
import { ordersOf, readOrder } from './order.ts'

export type Cancelled = ReturnType<typeof refused> | { ok: true; order_id: string; message: Texts }

/** Cancels the order named, else the customer's only one in processing. What has left the house cannot be cancelled. */
export function cancelOrder(business: Business, customerId: string, named: string | null): Cancelled {
  const processing = ordersOf(business, customerId).filter((order) => order.status === 'processing')
  const order = named === null ? processing[0] : readOrder(business, named, customerId)
  if (!order || (named === null && processing.length > 1)) {
    return refused('order_not_clear', {
      en: 'I cannot tell which order to cancel.',
      es: 'No está claro qué pedido hay que cancelar.',
    })
  }
  const { order_id, status, merchant_name, total_text } = order
  if (status !== 'processing' && status !== 'cancelled') {
    return refused('not_cancellable', {
      en: `Order ${order_id} has already been sent, so it can no longer be cancelled.`,
      es: `El pedido ${order_id} ya se ha enviado, así que no se puede cancelar.`,
    })
  }
  business.run(`UPDATE orders SET status = 'cancelled' WHERE order_id = ?`, order_id)
  return {
    ok: true,
    order_id,
    message: {
      en: `Your order ${order_id} from ${merchant_name} is cancelled. You get the full ${total_text} back within 3 to 5 business days.`,
      es: `Su pedido ${order_id} de ${merchant_name} está cancelado. Le devolvemos ${total_text} en 3 a 5 días hábiles.`,
    },
  }
}
