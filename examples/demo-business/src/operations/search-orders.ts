import type { Arguments, Operation } from '../business.ts'
import { notFound } from '../texts.ts'
import { ordersOf, type Order } from './order.ts'

const dayMs = 24 * 60 * 60 * 1000

/** All that was said must fit, each in the loose way in which people remember. */
export const searchOrders: Operation = (args, business) => {
  const orders = ordersOf(business, args.text('customer_id')).filter(
    (order) =>
      shopFits(order, args.text('merchant_name')) &&
      itemFits(order, args.text('item_description')) &&
      amountFits(order, args) &&
      dateFits(order, args.text('date')),
  )
  return orders.length === 0 ? notFound('order') : { found: true, count: orders.length, orders }
}

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** "tech mart", "TechMart" and "the TechMart shop" are all TechMart Electronics. */
function shopFits(order: Order, said: string): boolean {
  const shop = order.merchant_name
  const name = letters(said)
  return name === '' || letters(shop).includes(name) || name.includes(letters(shop.split(' ')[0] ?? shop))
}

/** One telling word of what was said is enough: "the running shoes", "shoe". */
function itemFits(order: Order, said: string): boolean {
  const words = said.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
  const items = order.items_text.toLowerCase()
  return words.length === 0 || words.some((word) => items.includes(word.replace(/s$/, '')))
}

function amountFits(order: Order, args: Arguments): boolean {
  const amount = args.number('amount')
  return amount === undefined || Math.abs(order.total - amount) <= amount * 0.1
}

function dateFits(order: Order, said: string): boolean {
  const at = Date.parse(said)
  if (Number.isNaN(at)) return true
  const days = [order.order_date, order.delivery_date ?? order.order_date]
  return days.some((day) => Math.abs(Date.parse(day) - at) <= 3 * dayMs)
}
