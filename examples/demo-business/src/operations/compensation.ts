import type { Business } from '../business.ts'
import { money, refused, type Texts } from '../texts.ts'

/** What an order was compensated with before, if anything: it happens once, by one way or the other. */
export function compensated(business: Business, orderId: string) {
  const refund = business.one('SELECT * FROM refunds WHERE order_id = ?', orderId)
  if (refund) {
    const amount = money(Number(refund['amount']), String(refund['currency']))
    return refused('already_refunded', {
      en: `Order ${orderId} was already refunded: ${amount}, reference ${refund['refund_id']}.`,
      es: `El pedido ${orderId} ya está reembolsado: ${amount}, referencia ${refund['refund_id']}.`,
    })
  }
  const credit = business.one('SELECT * FROM store_credits WHERE order_id = ?', orderId)
  if (credit) {
    const amount = money(Number(credit['amount']), String(credit['currency']))
    return refused('already_credited', {
      en: `You already have ${amount} in store credit for order ${orderId}. The code is ${credit['code']}.`,
      es: `Ya tiene ${amount} de crédito en la tienda por el pedido ${orderId}. El código es ${credit['code']}.`,
    })
  }
  const cancelled = business.one(`SELECT 1 FROM orders WHERE order_id = ? AND status = 'cancelled'`, orderId)
  if (!cancelled) return undefined
  return refused('already_cancelled', {
    en: `Order ${orderId} was cancelled, so its payment is on its way back to you already.`,
    es: `El pedido ${orderId} está cancelado, así que ya le estamos devolviendo el pago.`,
  })
}

export const noSuchOrder = (orderId: string) =>
  refused('order_not_found', {
    en: `I cannot find an order ${orderId} of yours.`,
    es: `No encuentro ningún pedido suyo con el número ${orderId}.`,
  } satisfies Texts)
