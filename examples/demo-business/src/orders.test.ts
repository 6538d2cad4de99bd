import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayMs, openBusiness, type OpenBusiness } from './testing/open.ts'

let shop: OpenBusiness
beforeEach(async () => {
  shop = await openBusiness()
})
afterEach(() => shop.close())

const query = (args: Record<string, string>) => new URLSearchParams(args).toString()
const search = async (args: Record<string, string>) => {
  const { body } = await shop.get(`/orders?${query(args)}`)
  return body['found'] ? (body['orders'] as { order_id: string }[]).map((order) => order.order_id) : body['found']
}

describe('who a customer is', () => {
  it.each(['CUST-456', 'cust-456', 'JANE@example.com', '+15550100456', '1 555 010 0456'])(
    'is told by %s',
    async (alias) => {
      expect((await shop.get(`/customers/find?${query({ alias })}`)).body).toMatchObject({
        found: true,
        customer_id: 'CUST-456',
        name: 'Jane Smith',
      })
    },
  )

  it.each(['CUST-000', 'nobody', '+', '0456'])('is not told by %s', async (alias) => {
    expect((await shop.get(`/customers/find?${query({ alias })}`)).body['found']).toBe(false)
  })
})

describe('looking up an order', () => {
  it('tells all that a conversation needs', async () => {
    const { body } = await shop.get('/orders/ORD-123?customer_id=CUST-456')
    expect(body).toMatchObject({
      found: true,
      order_id: 'ORD-123',
      merchant_name: 'TechMart Electronics',
      total: 79.99,
      currency: 'USD',
      status: 'delivered',
      order_date: '2026-02-28',
      delivery_date: '2026-03-05',
      days_since_delivery: 5,
      items: [{ name: 'Wireless Headphones', qty: 1 }],
    })
  })

  it('keeps the age of a delivery right tomorrow and next year', async () => {
    for (const days of [1, 366]) {
      shop.clock.at += days * dayMs
      const { body } = await shop.get('/orders/ORD-123?customer_id=CUST-456')
      const ageDays =
        (Date.parse(new Date(shop.clock.at).toISOString().slice(0, 10)) - Date.parse(String(body['delivery_date']))) /
        dayMs
      expect([body['days_since_delivery'], ageDays]).toEqual([5, 5])
    }
  })

  it.each([
    ['shipped', 'ORD-456', 'CUST-789'],
    ['processing', 'ORD-789', 'CUST-012'],
  ])('says that an order is %s and gives it no delivery', async (status, order, customer) => {
    expect((await shop.get(`/orders/${order}?customer_id=${customer}`)).body).toMatchObject({
      status,
      delivery_date: null,
      days_since_delivery: 0,
    })
  })

  it.each(['ord-123', 'order 123', '123', '#123'])('understands "%s"', async (typed) => {
    const { body } = await shop.get(`/orders/${encodeURIComponent(typed)}?customer_id=CUST-456`)
    expect(body['order_id']).toBe('ORD-123')
  })

  it("answers the same for somebody else's order as for one that does not exist", async () => {
    const other = await shop.get('/orders/ORD-456?customer_id=CUST-456')
    expect(other.body).toMatchObject({ found: false })
    expect(other).toEqual(await shop.get('/orders/ORD-000?customer_id=CUST-456'))
  })

  it('needs to know the customer', async () => {
    expect(await shop.get('/orders/ORD-123')).toMatchObject({ status: 400 })
  })
})

describe('searching orders', () => {
  it.each([
    ['the shop, loosely', { merchant_name: 'tech mart' }],
    ['the shop in a phrase', { merchant_name: 'the TechMart store' }],
    ['an item', { item_description: 'my headphone' }],
    ['an amount within a tenth', { amount: '$75' }],
    ['the day of the order, about', { date: '2026-02-27' }],
    ['the day of the delivery, about', { date: '2026-03-07' }],
    ['all of them', { merchant_name: 'TechMart', item_description: 'wireless headphones', amount: '79.99' }],
  ])('finds the one that fits %s', async (_, args) => {
    expect(await search({ customer_id: 'CUST-456', ...args })).toEqual(['ORD-123'])
  })

  it.each([
    ['another shop', { merchant_name: 'SportZone' }],
    ['another item', { item_description: 'boots' }],
    ['an amount too far away', { amount: '70' }],
    ['another day', { date: '2026-01-01' }],
    ['one thing that fits and one that does not', { merchant_name: 'TechMart', amount: '500' }],
  ])('finds nothing by %s', async (_, args) => {
    expect(await search({ customer_id: 'CUST-456', ...args })).toBe(false)
  })

  it('returns several when several fit, and one when an item tells them apart', async () => {
    const customer_id = 'CUST-678'
    expect(await search({ customer_id, merchant_name: 'SportZone' })).toEqual(['ORD-601', 'ORD-602'])
    expect(await search({ customer_id, merchant_name: 'SportZone', item_description: 'yoga mat' })).toEqual(['ORD-602'])
  })

  it('never shows an order of somebody else', async () => {
    expect(await search({ customer_id: 'CUST-456', item_description: 'running shoes' })).toBe(false)
  })
})
