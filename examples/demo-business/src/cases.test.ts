import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBusiness, type OpenBusiness } from './testing/open.ts'

let shop: OpenBusiness
beforeEach(async () => {
  shop = await openBusiness()
})
afterEach(() => shop.close())

const setStatus = async (status: string, more: object = {}) =>
  (await shop.post('/cases/CASE-1/status', { customer_id: 'CUST-456', status, ...more })).body
const caseRow = async () => (await shop.rows('cases'))[0]

describe('a case', () => {
  it('is opened by whoever names it first', async () => {
    await setStatus('resolved', { notes: 'All fine' })
    expect(await shop.rows('cases')).toMatchObject([
      { case_id: 'CASE-1', customer_id: 'CUST-456', status: 'resolved', notes: 'All fine' },
    ])
  })

  it('keeps its first end when it is closed a second time', async () => {
    await setStatus('resolved', { notes: 'first' })
    expect(await setStatus('closed', { notes: 'second' })).toMatchObject({
      ok: true,
      status: 'resolved',
      repeated: true,
    })
    expect(await caseRow()).toMatchObject({ status: 'resolved', notes: 'first' })
  })

  it('can be opened again', async () => {
    await setStatus('resolved')
    expect(await setStatus('open')).toMatchObject({ ok: true, status: 'open' })
  })

  it('stays with the supervisor whom it was handed to', async () => {
    await shop.post('/cases/CASE-1/escalation', { reason: 'asked for' })
    expect(await setStatus('resolved')).toMatchObject({
      ok: true,
      status: 'escalated',
      message: { en: expect.stringContaining('supervisor') },
    })
    expect(await caseRow()).toMatchObject({ status: 'escalated' })
  })

  it('goes to a supervisor even after it was closed', async () => {
    await setStatus('resolved')
    await shop.post('/cases/CASE-1/escalation')
    expect(await caseRow()).toMatchObject({ status: 'escalated' })
  })

  it('is escalated once, and says so the second time', async () => {
    const first = (await shop.post('/cases/CASE-1/escalation', { priority: 'high' })).body
    const second = (await shop.post('/cases/CASE-1/escalation', { priority: 'low' })).body
    expect(second).toEqual({ ...first, repeated: true })
    expect(await shop.rows('escalations')).toHaveLength(1)
  })

  it('collects notes', async () => {
    await shop.post('/cases/CASE-1/notes', { note: 'one' })
    await shop.post('/cases/CASE-1/notes', { note: 'two' })
    expect((await shop.rows('case_notes')).map(({ note }) => note)).toEqual(['two', 'one'])
  })

  it('takes no status that does not exist', async () => {
    expect(await shop.post('/cases/CASE-1/status', { customer_id: 'CUST-456', status: 'done' })).toMatchObject({
      status: 400,
    })
  })
})

const cancel = async (customer_id: string, more: object = {}) =>
  (await shop.post('/cases/CASE-1/status', { customer_id, status: 'cancelled', ...more })).body
const statusOf = async (order: string) =>
  (await shop.rows('orders')).find((row) => row['order_id'] === order)?.['status']

describe('cancelling', () => {
  it("cancels the customer's one order in processing when none is named, and says so", async () => {
    const body = await cancel('CUST-012')
    expect(body).toMatchObject({ ok: true, status: 'cancelled', order_id: 'ORD-789' })
    expect(JSON.stringify(body['message'])).toContain('is cancelled')
    expect(await statusOf('ORD-789')).toBe('cancelled')
  })

  it('is still cancelled after the conversation closes the case as resolved', async () => {
    await cancel('CUST-012')
    expect(await setStatus('resolved')).toMatchObject({ ok: true, status: 'cancelled', repeated: true })
  })

  it('cancels the order named', async () => {
    expect(await cancel('CUST-012', { order_id: 'ORD-789' })).toMatchObject({ ok: true, order_id: 'ORD-789' })
  })

  it.each([
    ['what has been sent', 'CUST-789', { order_id: 'ORD-456' }, 'not_cancellable'],
    ["somebody else's order", 'CUST-456', { order_id: 'ORD-789' }, 'order_not_clear'],
    ['when there is nothing to cancel', 'CUST-456', {}, 'order_not_clear'],
  ])('refuses %s and leaves everything as it was', async (_, customer, more, code) => {
    expect(await cancel(customer, more)).toMatchObject({ ok: false, code })
    expect(await statusOf('ORD-789')).toBe('processing')
    expect(await statusOf('ORD-456')).toBe('shipped')
    expect(await shop.rows('cases')).toEqual([])
  })

  it('refuses to guess between two orders', async () => {
    shop.database.exec(`UPDATE orders SET status = 'processing', customer_id = 'CUST-012' WHERE order_id = 'ORD-456'`)
    expect(await cancel('CUST-012')).toMatchObject({ ok: false, code: 'order_not_clear' })
  })
})
