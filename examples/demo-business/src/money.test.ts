import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBusiness, type OpenBusiness } from './testing/open.ts'

let shop: OpenBusiness
beforeEach(async () => {
  shop = await openBusiness()
})
afterEach(() => shop.close())

const jane = { customer_id: 'CUST-456' }

describe.each([
  ['a refund', 'refund', 'refunds', 'refund_id', 'already_refunded'],
  ['store credit', 'store-credit', 'store_credits', 'credit_id', 'already_credited'],
])('%s', (_, way, table, id, refusal) => {
  const path = `/orders/ORD-123/${way}`

  it('pays the total of the order, once', async () => {
    expect((await shop.post(path, jane)).body).toMatchObject({ ok: true, order_id: 'ORD-123', amount: 79.99 })
    expect(await shop.rows(table)).toMatchObject([{ order_id: 'ORD-123', customer_id: 'CUST-456', amount: 79.99 }])
  })

  it('gives the same key the same answer, word for word, and keeps one row', async () => {
    const first = await shop.post(path, jane, 'k')
    shop.clock.at += 60_000
    expect(await shop.post(path, jane, 'k')).toEqual(first)
    expect(await shop.rows(table)).toHaveLength(1)
  })

  it('makes one row of many calls with one key at once', async () => {
    const came = await Promise.all(Array.from({ length: 20 }, () => shop.post(path, jane, 'k')))
    expect(new Set(came.map(({ body }) => body[id])).size).toBe(1)
    expect(await shop.rows(table)).toHaveLength(1)
  })

  it('pays one of many calls with different keys at once', async () => {
    const came = await Promise.all(Array.from({ length: 20 }, () => shop.post(path, jane)))
    expect(came.filter(({ body }) => body['ok'] === true)).toHaveLength(1)
    expect(await shop.rows(table)).toHaveLength(1)
  })

  it('is refused a second time under another key, naming the first', async () => {
    await shop.post(path, jane)
    const { body } = await shop.post(path, jane)
    expect(body).toMatchObject({ ok: false, code: refusal, message: { es: expect.stringContaining('ORD-123') } })
  })

  it('is refused when the order was compensated the other way', async () => {
    await shop.post(`/orders/ORD-123/${way === 'refund' ? 'store-credit' : 'refund'}`, jane)
    expect((await shop.post(path, jane)).body['ok']).toBe(false)
    expect(await shop.rows(table)).toEqual([])
  })

  it("is refused for somebody else's order", async () => {
    expect((await shop.post(path, { customer_id: 'CUST-789' })).body).toMatchObject({
      ok: false,
      code: 'order_not_found',
    })
    expect(await shop.rows(table)).toEqual([])
  })

  it('is refused for a cancelled order, whose payment goes back anyway', async () => {
    await shop.post('/cases/C-1/status', { customer_id: 'CUST-012', status: 'cancelled' })
    expect((await shop.post(`/orders/ORD-789/${way}`, { customer_id: 'CUST-012' })).body['code']).toBe(
      'already_cancelled',
    )
  })

  it('is not given without a key, nor under a key that was used for something else', async () => {
    const bare = await fetch(`${shop.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(jane),
    })
    expect(bare.status).toBe(400)
    await shop.post('/cases/C-1/notes', { note: 'hello' }, 'k')
    expect(await shop.post(path, jane, 'k')).toMatchObject({ status: 400 })
    expect(await shop.rows(table)).toEqual([])
  })
})

describe('store credit', () => {
  it('is valid for twelve months', async () => {
    expect((await shop.post('/orders/ORD-123/store-credit', jane)).body['valid_until']).toBe('2027-03-10')
  })
})
