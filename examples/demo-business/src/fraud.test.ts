import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noon, openBusiness, type OpenBusiness } from './testing/open.ts'

let bank: OpenBusiness
beforeEach(async () => {
  bank = await openBusiness()
})
afterEach(() => bank.close())

const alertRow = async (id: string) => (await bank.rows('fraud_alerts')).find((row) => row['alert_id'] === id)

describe('an alert', () => {
  it.each([
    ['FA-001', 'high', 87, 'ACCT-1001'],
    ['FA-002', 'high', 92, 'ACCT-2002'],
    ['FA-003', 'medium', 55, 'ACCT-3003'],
    ['FA-004', 'low', 25, 'ACCT-4004'],
  ])('%s is %s', async (id, severity, risk_score, account_id) => {
    const { body } = await bank.get(`/alerts/${id}`)
    expect(body).toMatchObject({ found: true, severity, risk_score, account_id, status: 'open' })
    expect(Date.parse(String(body['triggered_at']))).toBeLessThan(noon)
  })

  it('that does not exist is not found', async () => {
    expect((await bank.get('/alerts/FA-999')).body['found']).toBe(false)
  })

  it('keeps its first resolution when it is closed a second time', async () => {
    await bank.post('/alerts/FA-004/close', { resolution: 'false_positive' })
    expect((await bank.post('/alerts/FA-004/close', { resolution: 'resolved' })).body).toMatchObject({
      ok: true,
      status: 'closed',
      resolution: 'false_positive',
      repeated: true,
    })
    expect(await alertRow('FA-004')).toMatchObject({ status: 'closed', resolution: 'false_positive' })
  })

  it('stays with the supervisor whom its case was handed to', async () => {
    await bank.post('/cases/CASE-1/escalation', { alert_id: 'FA-003' })
    expect((await bank.post('/alerts/FA-003/close', { resolution: 'resolved' })).body).toMatchObject({
      ok: true,
      status: 'escalated',
      resolution: null,
    })
    expect(await alertRow('FA-003')).toMatchObject({ status: 'escalated', resolution: null })
  })

  it('is reported once', async () => {
    const first = (await bank.post('/alerts/FA-001/report', { narrative: 'Three cities in half an hour.' })).body
    const second = (await bank.post('/alerts/FA-001/report', { narrative: 'Again.' })).body
    expect(second).toMatchObject({ ok: true, report_id: first['report_id'], repeated: true })
    expect(await bank.rows('reports')).toHaveLength(1)
  })

  it.each(['close', 'report'])('that does not exist refuses to %s', async (act) => {
    expect((await bank.post(`/alerts/FA-999/${act}`, { resolution: 'resolved', narrative: 'x' })).body).toMatchObject({
      ok: false,
      code: 'alert_not_found',
    })
  })
})

describe('an account', () => {
  it('lists its transactions of the days asked for, newest first', async () => {
    expect((await bank.get('/accounts/ACCT-2002/transactions?days=30')).body).toMatchObject({
      count: 3,
      flagged_count: 1,
      flagged_total: 2899.99,
    })
    const { body } = await bank.get('/accounts/ACCT-2002/transactions?days=2')
    expect((body['transactions'] as { txn_id: string }[]).map(({ txn_id }) => txn_id)).toEqual(['TXN-6001', 'TXN-6002'])
  })

  it('tells a new device from known ones', async () => {
    expect((await bank.get('/accounts/ACCT-1001/devices')).body).toMatchObject({ found: true, new_device: true })
    expect((await bank.get('/accounts/ACCT-3003/devices')).body).toMatchObject({ found: true, new_device: false })
  })

  it('tells its logins and its risk indicators', async () => {
    expect((await bank.get('/accounts/ACCT-2002/logins')).body).toMatchObject({ count: 2, new_device_count: 1 })
    expect((await bank.get('/accounts/ACCT-2002/risk')).body).toMatchObject({ count: 4 })
    expect((await bank.get('/accounts/ACCT-3003/risk')).body).toMatchObject({ found: true, count: 0 })
  })

  it.each(['transactions', 'devices', 'logins', 'risk'])('that does not exist has no %s', async (what) => {
    expect((await bank.get(`/accounts/ACCT-0000/${what}`)).body['found']).toBe(false)
  })

  it('is frozen once, and being watched does not thaw it', async () => {
    expect((await bank.post('/accounts/ACCT-1001/flag', { action: 'freeze' })).body).toMatchObject({ status: 'frozen' })
    for (const action of ['freeze', 'monitor']) {
      expect((await bank.post('/accounts/ACCT-1001/flag', { action })).body).toMatchObject({
        ok: true,
        status: 'frozen',
        repeated: true,
      })
    }
    expect(await bank.rows('account_flags')).toHaveLength(1)
  })
})

describe('knowledge', () => {
  it('answers a question by the article that holds its words, and nothing by none', async () => {
    const { body } = await bank.get('/knowledge?query=How+long+is+store+credit+valid')
    expect(body['articles']).toMatchObject([{ article_id: 'KB-004' }])
    expect((await bank.get('/knowledge?query=weather')).body['found']).toBe(false)
  })
})
