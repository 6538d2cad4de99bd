import type { Business } from '../business.ts'
import type { Row } from '../database.ts'
import { money, type Texts } from '../texts.ts'

/** An order as Copse sees it. A type, not an interface, so that it is a JSON object too. */
export type Order = {
  order_id: string
  merchant_name: string
  total: number
  currency: string
  status: string
  order_date: string
  delivery_date: string | null
  /** 0 until it is delivered. */
  days_since_delivery: number
  payment_method: string
  items: Row[]
  items_text: string
  total_text: string
  status_text: Texts
}

/** Undefined when there is none, or when it is somebody else's. */
export function readOrder(business: Business, orderId: string, customerId: string): Order | undefined {
  const row = business.one(select('order_id = ? AND customer_id = ?'), orderId, customerId)
  return row && withItems(row, business)
}

export function ordersOf(business: Business, customerId: string): Order[] {
  const rows = business.all(`${select('customer_id = ?')} ORDER BY order_date_days_ago`, customerId)
  return rows.map((row) => withItems(row, business))
}

/** The age is kept beside the date that `dated` makes of it. */
const select = (where: string): string =>
  `SELECT order_id, merchant_name, total, currency, status, order_date_days_ago, delivery_date_days_ago,
     coalesce(delivery_date_days_ago, 0) AS days_since_delivery, payment_method FROM orders WHERE ${where}`

function withItems(row: Row, business: Business): Order {
  const order = row as Omit<Order, 'items' | 'items_text' | 'total_text' | 'status_text'>
  const items = business.all(
    'SELECT name, sku, qty, price FROM order_items WHERE order_id = ? ORDER BY id',
    order.order_id,
  )
  const names = items.map(({ name, qty }) => (Number(qty) > 1 ? `${qty} × ${name}` : String(name)))
  return {
    ...order,
    items,
    items_text: names.join(', '),
    total_text: money(order.total, order.currency),
    status_text: statusText(order.status, order.days_since_delivery),
  }
}

function statusText(status: string, days: number): Texts {
  if (status === 'shipped') return { en: 'on its way to you', es: 'en camino' }
  if (status === 'processing') return { en: 'still being prepared', es: 'todavía en preparación' }
  if (status === 'cancelled') return { en: 'cancelled', es: 'cancelado' }
  if (days === 0) return { en: 'delivered today', es: 'entregado hoy' }
  if (days === 1) return { en: 'delivered yesterday', es: 'entregado ayer' }
  return { en: `delivered ${days} days ago`, es: `entregado hace ${days} días` }
}
