import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayMs, openBusiness, type OpenBusiness } from './testing/open.ts'

let shop: OpenBusiness
beforeEach(async () => {
  shop = await openBusiness()
})
afterEach(() => shop.close())

const visitOf = async (customer: string) => (await shop.get(`/customers/${customer}/visit`)).body
const say = async (customer_id: string, path: string, more: object = {}) =>
  (await shop.post(path, { customer_id, ...more })).body

describe('an appointment', () => {
  it('is the customer’s own', async () => {
    expect(await visitOf('CUST-456')).toMatchObject({ visit_id: 'VIS-1', status: 'booked', times_missed: 0 })
    expect(await say('CUST-789', '/visits/VIS-1/cancel')).toMatchObject({ found: false })
  })

  it('whose time is over was missed, and cannot be confirmed or cancelled any more', async () => {
    expect(await visitOf('CUST-012')).toMatchObject({ status: 'missed', times_missed: 2 })
    for (const what of ['confirm', 'cancel'])
      expect(await say('CUST-012', `/visits/VIS-3/${what}`)).toMatchObject({ ok: false, code: 'over' })
  })

  it('moves to a free time that is to come, which is nobody else’s then', async () => {
    const { times } = (await shop.get('/visit-times')).body as { times: { visit_time: string }[] }
    const at = times[0]!.visit_time
    expect(await say('CUST-012', '/visits/VIS-3/move', { at })).toMatchObject({ ok: true, at, status: 'confirmed' })
    expect(await say('CUST-456', '/visits/VIS-1/move', { at })).toMatchObject({ ok: false, code: 'taken' })
    expect((await shop.get('/visit-times')).body['times']).toHaveLength(times.length - 1)
    expect(await say('CUST-456', '/visits/VIS-1/move', { at: '2020-01-01T10:00:00Z' })).toMatchObject({ code: 'over' })
    shop.clock.at += 10 * dayMs
    expect(await visitOf('CUST-012')).toMatchObject({ status: 'missed' })
  })

  it('is cancelled once, and says so the second time', async () => {
    expect(await say('CUST-456', '/visits/VIS-1/cancel')).toMatchObject({ ok: true, status: 'cancelled' })
    expect(await say('CUST-456', '/visits/VIS-1/cancel')).toMatchObject({ ok: true, repeated: true })
    expect(await say('CUST-456', '/visits/VIS-1/confirm')).toMatchObject({ code: 'over' })
  })
})

describe('a new password', () => {
  const ask = async (email: string) => (await shop.post('/password-resets', { email })).body
  it('is asked for in the same words by whoever has an account and whoever has none', async () => {
    expect({ ...(await ask('nobody@example.com')), email: '' }).toEqual({
      ...(await ask('jane@example.com')),
      email: '',
    })
  })

  it('is asked for three times an hour at most', async () => {
    for (let times = 0; times < 3; times++) expect(await ask('jane@example.com')).toMatchObject({ ok: true })
    expect(await ask('Jane@example.com')).toMatchObject({ ok: false, code: 'too_many' })
    shop.clock.at += 3_600_001
    expect(await ask('jane@example.com')).toMatchObject({ ok: true })
  })

  it('may come with an end of all sessions', async () => {
    expect(await say('CUST-456', '/customers/CUST-456/sign-out')).toMatchObject({ ok: true })
    expect(await shop.rows('sign_outs')).toMatchObject([{ customer_id: 'CUST-456' }])
  })
})

describe('a lead', () => {
  it('is filed once for each address', async () => {
    const lead = { email: 'Eva@acme.example', company: 'Acme', need: 'Chairs', grade: 'hot', team_size: 40 }
    const first = (await shop.post('/leads', lead)).body
    expect(first).toMatchObject({ ok: true, lead_id: 'LEAD-1001', email: 'eva@acme.example', team_size: 40 })
    expect((await shop.post('/leads', { ...lead, grade: 'cold' })).body).toEqual({ ...first, repeated: true })
  })
})
