import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBusiness, type OpenBusiness } from './testing/open.ts'

let shop: OpenBusiness
beforeEach(async () => {
  shop = await openBusiness()
})
afterEach(() => shop.close())

const refund = (key: string) => shop.post('/orders/ORD-123/refund', { customer_id: 'CUST-456' }, key)

describe('the fault switch', () => {
  it.each([
    ['down', 503],
    ['error', 500],
  ])('%s: answers %i and does nothing', async (fail, status) => {
    await shop.post('/control', { fail })
    expect(await refund('k')).toMatchObject({ status })
    expect(await shop.rows('refunds')).toEqual([])
  })

  it('down says that nothing was done, error does not', async () => {
    await shop.post('/control', { fail: 'down' })
    expect((await refund('k')).body['not_done']).toBe(true)
    await shop.post('/control', { fail: 'error' })
    expect((await refund('k')).body['not_done']).toBeUndefined()
  })

  it('cut: ends the connection before anything is done', async () => {
    await shop.post('/control', { fail: 'cut' })
    await expect(refund('k')).rejects.toThrow()
    expect(await shop.rows('refunds')).toEqual([])
  })

  it('cut_after: ends the connection after it was done; the same key then gets the answer', async () => {
    await shop.post('/control', { fail: 'cut_after', times: 1 })
    await expect(refund('k')).rejects.toThrow()
    expect(await shop.rows('refunds')).toHaveLength(1)
    expect((await refund('k')).body).toMatchObject({ ok: true, refund_id: 'REF-1001' })
    expect(await shop.rows('refunds')).toHaveLength(1)
  })

  it('delays, and does it even when the caller has gone meanwhile', async () => {
    await shop.post('/control', { delayMs: 150 })
    const left = fetch(`${shop.url}/orders/ORD-123/refund`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: '{"customer_id":"CUST-456"}',
      signal: AbortSignal.timeout(50),
    })
    await expect(left).rejects.toThrow()
    expect(await shop.rows('refunds')).toEqual([])
    await expect.poll(() => shop.rows('refunds')).toHaveLength(1)
  })

  it('hits only the operation named, only so many times', async () => {
    await shop.post('/control', { fail: 'error', operation: 'issue_refund', times: 2 })
    expect((await shop.get('/orders/ORD-123?customer_id=CUST-456')).status).toBe(200)
    const statuses = []
    for (const key of ['a', 'b', 'c']) statuses.push((await refund(key)).status)
    expect(statuses).toEqual([500, 500, 200])
    expect((await shop.get('/control')).body).toEqual({ delayMs: 0, fail: 'none' })
  })

  it('is made well again by an empty body, and refuses what it does not know', async () => {
    await shop.post('/control', { fail: 'error' })
    expect((await shop.post('/control', { fail: 'explode' })).status).toBe(422)
    expect((await shop.get('/control')).body['fail']).toBe('error')
    await shop.post('/control', {})
    expect((await refund('k')).status).toBe(200)
  })

  it('does not keep the business from closing while a call is delayed', async () => {
    const other = await openBusiness()
    await other.post('/control', { delayMs: 600_000 })
    const left = other.get('/orders/ORD-123?customer_id=CUST-456').catch(() => 'gone')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await other.close()
    expect(await left).toBe('gone')
  })
})
