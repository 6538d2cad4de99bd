import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'

let cp: TestControlPlane
beforeAll(async () => {
  cp = await startControlPlane()
  await cp.call('POST', '/v1/tenants', { slug: 'techmart', name: 'TechMart' })
})
afterAll(() => cp.close())

describe('tenants', () => {
  test('are found by id and by slug, with a profile filled in', async () => {
    const bySlug = await cp.call('GET', '/v1/tenants/techmart')
    expect(bySlug.body).toMatchObject({ slug: 'techmart', profile: { timeZone: 'UTC', languages: ['en'] } })
    const byId = await cp.call('GET', `/v1/tenants/${bySlug.body.id}`)
    expect(byId.body).toEqual(bySlug.body)
    expect((await cp.call('GET', '/v1/tenants')).body.items).toEqual([bySlug.body])
  })

  test('have a slug each', async () => {
    const again = await cp.call('POST', '/v1/tenants', { slug: 'techmart', name: 'Other' })
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } })
  })

  test('change in what is given and keep the rest', async () => {
    const profile = { timeZone: 'Europe/Madrid', languages: ['es', 'en'], variables: { shop: 'Centro' } }
    const changed = await cp.call('PATCH', '/v1/tenants/techmart', { profile })
    expect(changed.body).toMatchObject({ name: 'TechMart', profile: { ...profile, holidays: [] } })
    const model = { provider: 'anthropic', model: 'some-model', credential: 'model_key' }
    expect((await cp.call('PUT', '/v1/tenants/techmart/model', model)).body).toMatchObject({ model, profile })
  })

  test('keep what a change of the profile does not name, and give up what it sets to null', async () => {
    const profile = { timeZone: 'Europe/Madrid', openingHours: { mon: [['09:00', '14:00']] }, languages: ['es'] }
    await cp.call('POST', '/v1/tenants', { slug: 'corner', name: 'Corner', profile })
    const change = (given: object) => cp.call('PATCH', '/v1/tenants/corner', { profile: given })
    const holidays = ['2026-12-25']
    expect((await change({ holidays })).body.profile).toMatchObject({ ...profile, holidays })
    const { body } = await change({ openingHours: null })
    expect(body.profile).toMatchObject({ timeZone: 'Europe/Madrid', openingHours: {}, holidays })
    expect(await change({ colour: 'red' })).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    expect(await change({ holiday: null })).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    expect(await change({ holidays: 'never' })).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    expect(await change({ handoffs: { email: { to: 'a@b.example', from: 'c@d.example' } } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'profile.handoffs' }] },
    })
    for (const nobodyAfter of ['1 zz', '5ms']) {
      expect(await change({ handoffs: { nobodyAfter } })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'profile.handoffs.nobodyAfter' }] },
      })
    }
    expect((await cp.call('GET', '/v1/tenants/corner')).body.profile).toEqual(body.profile)
  })

  test('are one 404 when there is none, by id, slug or nonsense', async () => {
    const bodies = await Promise.all(
      ['nobody', 'd3172be8-365f-4da6-a954-6a326edf3078', '%00', '..%2F..'].map(async (name) => {
        const { status, body } = await cp.call('GET', `/v1/tenants/${name}`)
        expect(status).toBe(404)
        return { ...body, requestId: '' }
      }),
    )
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  })

  test.each([
    ['an unknown field', { slug: 'x1', name: 'X', nam: 1 }, ''],
    ['a slug with capitals', { slug: 'X1', name: 'X' }, 'slug'],
    ['an unknown time zone', { slug: 'x1', name: 'X', profile: { timeZone: 'Mars' } }, 'profile.timeZone'],
    ['an empty name', { slug: 'x1', name: ' ' }, 'name'],
  ])('are refused with %s, and the field is named', async (_, body, path) => {
    const refused = await cp.call('POST', '/v1/tenants', body)
    expect(refused).toMatchObject({ status: 400, body: { code: 'body_invalid', errors: [{ path }] } })
  })

  test('are refused with text that the database cannot hold', async () => {
    for (const name of ['a\0b', 'a\ud800b']) {
      const refused = await cp.call('POST', '/v1/tenants', { slug: 'x1', name })
      expect(refused).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    }
  })
})

describe('connectors and channels', () => {
  test('are put by name, again and again', async () => {
    const connector = shopWith(findOrder)
    for (const _ of [1, 2]) {
      const put = await cp.call('PUT', '/v1/tenants/techmart/connectors/shop', connector)
      expect(put).toMatchObject({ status: 200, body: { name: 'shop', type: 'http', operations: [findOrder] } })
    }
    expect((await cp.call('GET', '/v1/tenants/techmart/connectors')).body.items).toHaveLength(1)
    await cp.call('PUT', '/v1/tenants/techmart/channels/web', { type: 'webchat' })
    const channels = await cp.call('GET', '/v1/tenants/techmart/channels')
    expect(channels.body.items).toEqual([{ name: 'web', type: 'webchat', config: {} }])
  })

  test.each([
    ['an unknown type', { type: 'fax' }, 'channel line, type: no channel is called "fax"'],
    ['a number for its id', { type: 'whatsapp', config: { phoneNumberId: '+34 600' } }, 'config.phoneNumberId:'],
    ['a setting that does not exist', { type: 'webchat', config: { color: 'red' } }, 'channel line, config'],
    [
      'no credential named',
      { type: 'whatsapp', config: { phoneNumberId: '1122334455667' } },
      'channel line, credential:',
    ],
  ])('of the kind channel are refused with %s, and the field is named', async (_, body, words) => {
    const refused = await cp.call('PUT', '/v1/tenants/techmart/channels/line', body)
    expect(refused).toMatchObject({ status: 422, body: { code: 'config_invalid' } })
    expect(refused.body.detail).toContain(words)
  })

  test('may be a WhatsApp number, and its secrets stay in the vault', async () => {
    const secrets = { accessToken: 'EAAGsecret', appSecret: 'the-secret-of-the-app', verifyToken: 'a-word-of-ours' }
    await cp.call('PUT', '/v1/tenants/techmart/credentials/meta', { value: JSON.stringify(secrets) })
    const binding = { type: 'whatsapp', config: { phoneNumberId: '1122334455667' }, credential: 'meta' }
    const put = await cp.call('PUT', '/v1/tenants/techmart/channels/line', binding)
    expect(put).toMatchObject({ status: 200, body: { name: 'line', ...binding } })
    const listed = await cp.call('GET', '/v1/tenants/techmart/channels')
    for (const secret of Object.values(secrets)) expect(JSON.stringify(listed.body)).not.toContain(secret)
  })

  test('may be a calendar, whose operations procedures can call and nobody else can offer', async () => {
    const put = (name: string, body: object) => cp.call('PUT', `/v1/tenants/techmart/connectors/${name}`, body)
    const refused = await put('calendar', { type: 'builtin_calendar', config: { durationMin: 0 } })
    expect(refused).toMatchObject({ status: 422, body: { code: 'config_invalid' } })
    expect(refused.body.detail).toContain('connector calendar, config.durationMin')
    expect(await put('calendar', { type: 'builtin_calendar', config: { durationMin: 20 } })).toMatchObject({
      status: 200,
    })
    const second = await put('agenda', { type: 'mock_calendar' })
    expect(second).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    expect(second.body.detail).toContain('"list_slots" is an operation of "calendar"')
    const own = await put('own', shopWith({ ...findOrder, name: 'list_slots' }))
    expect(own).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    const book = lookUp({ id: 'book', operation: 'find_appointments' })
      .replace(/ +arg_mappings:\n.*\n/, '')
      .replace('{{order.status}}', '{{event_id}}')
    expect(await cp.call('PUT', '/v1/tenants/techmart/procedures/book', book)).toMatchObject({ status: 200 })
  })

  test('of the kind connector are refused with a password in their address, which is not repeated', async () => {
    const secretive = { ...shopWith(), config: { baseUrl: 'https://bot:canary@shop.example' } }
    const refused = await cp.call('PUT', '/v1/tenants/techmart/connectors/secretive', secretive)
    expect(refused).toMatchObject({ status: 422, body: { code: 'config_invalid' } })
    expect(refused.body.detail).toContain('connector secretive, config.baseUrl: holds a name or a password')
    expect(refused.body.detail).not.toContain('canary')
  })

  test('offer an operation of one name only once', async () => {
    const again = await cp.call('PUT', '/v1/tenants/techmart/connectors/other', shopWith(findOrder))
    expect(again).toMatchObject({ status: 409, body: { code: 'already_exists' } })
    expect(again.body.detail).toContain('"shop"')
  })

  test('offer an operation of one name only once, also when several are set up at the same moment', async () => {
    const raced = shopWith({ ...findOrder, name: 'raced_for' })
    const answers = await Promise.all(
      ['r1', 'r2', 'r3', 'r4'].map((name) => cp.call('PUT', `/v1/tenants/techmart/connectors/${name}`, raced)),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
  })
})

test('a knowledge text gets a version when it changes', async () => {
  const put = (text: string) => cp.call('PUT', '/v1/tenants/techmart/knowledge', { text })
  expect((await put('Open at nine.')).body).toEqual({ version: 1 })
  expect((await put('Open at nine.')).body).toEqual({ version: 1 })
  expect((await put('Open at ten.')).body).toEqual({ version: 2 })
  expect((await cp.call('GET', '/v1/tenants/techmart/knowledge')).body).toEqual({ version: 2, text: 'Open at ten.' })
})
