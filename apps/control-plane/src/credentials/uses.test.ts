import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startControlPlane, type Answer, type TestControlPlane } from '../testing/control-plane.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'

let cp: TestControlPlane
beforeAll(async () => {
  cp = await startControlPlane()
})
afterAll(() => cp.close())

let count = 0
let tenant: string
beforeEach(async () => {
  const slug = `tenant-${++count}`
  tenant = `/v1/tenants/${slug}`
  await cp.call('POST', '/v1/tenants', { slug, name: slug })
  await cp.call('PUT', `${tenant}/connectors/shop`, shopWith(findOrder))
  await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
})

const canary = 'canary-5b2e-of-a-secret'
const whole = { accessToken: canary, appSecret: canary, verifyToken: canary }
const line = { type: 'whatsapp', config: { phoneNumberId: '1122334455667' }, credential: 'meta' }
const put = (name: string, value: unknown): Promise<Answer> =>
  cp.call('PUT', `${tenant}/credentials/${name}`, { value: typeof value === 'string' ? value : JSON.stringify(value) })
const publish = (): Promise<Answer> => cp.call('POST', `${tenant}/releases`)

/** Says where, and never what. */
function expectRefusal(answer: Answer, words: string): void {
  expect(answer).toMatchObject({ status: 422, body: { code: 'config_invalid' } })
  expect(answer.body.detail).toContain(words)
  expect(JSON.stringify(answer.body)).not.toContain('canary')
}

const unfit: [string, unknown, string][] = [
  ['a field is missing', { ...whole, accessToken: undefined }, 'channel line, credential meta.accessToken:'],
  ['a field has another type', { ...whole, appSecret: [canary] }, 'channel line, credential meta.appSecret:'],
  ['it is no JSON', canary, 'channel line, credential meta: it is not a JSON object'],
]

test.each(unfit)('a secret of a channel is refused when it comes and %s', async (_, value, words) => {
  await cp.call('PUT', `${tenant}/channels/line`, line)
  expectRefusal(await put('meta', value), words)
  expect((await cp.call('GET', `${tenant}/credentials`)).body.items).toEqual([])
  expect((await put('meta', whole)).status).toBe(200)
  expect((await publish()).status).toBe(201)
})

test.each(unfit)(
  'a publication is refused when %s in a secret that came before its channel',
  async (_, value, words) => {
    expect((await put('meta', value)).status).toBe(200)
    await cp.call('PUT', `${tenant}/channels/line`, line)
    expectRefusal(await publish(), words)
    expect((await put('meta', whole)).status).toBe(200)
    expect((await publish()).status).toBe(201)
  },
)

test('a secret of a connector is one line, as a header is', async () => {
  await cp.call('PUT', `${tenant}/connectors/shop`, { ...shopWith(findOrder), credential: 'key' })
  expectRefusal(await put('key', `${canary}\n`), 'connector shop, credential key: is one line')
  expect((await put('key', canary)).status).toBe(200)
})

test('a secret of notices holds what their ways need', async () => {
  const webhook = { url: 'https://desk.example' }
  const handoffs = { webhook, email: { to: 'a@b.example', from: 'c@d.example' }, credential: 'desk' }
  await cp.call('PATCH', tenant, { profile: { publicUrl: 'https://bot.example', handoffs } })
  const smtpUrl = `smtps://bot:${canary}@mail.example`
  expectRefusal(await put('desk', { smtpUrl }), 'handoffs, credential desk.secret: `handoffs.webhook` needs it')
  expectRefusal(await put('desk', { secret: canary }), 'credential desk.smtpUrl: `handoffs.email` needs it')
  expectRefusal(await put('desk', { smtpUrl: canary }), 'handoffs, credential desk.smtpUrl: is smtps://')
  expectRefusal(await put('desk', { [canary]: canary }), 'handoffs, credential desk: is JSON of nothing but')
  expect((await put('desk', { smtpUrl, secret: canary })).status).toBe(200)
})

test('a secret has to fit what runs as well, whatever the next release names', async () => {
  await cp.call('PUT', `${tenant}/channels/line`, line)
  await put('meta', whole)
  await publish()
  await cp.call('DELETE', `${tenant}/channels/line`)
  expectRefusal(await put('meta', canary), 'the active release, channel line, credential meta: it is not a JSON object')
  await publish()
  expect((await put('meta', canary)).status).toBe(200)
  expectRefusal(await cp.call('PUT', `${tenant}/releases/active`, { number: 1 }), 'channel line, credential meta:')
  expect((await cp.call('GET', `${tenant}/releases/active`)).body.number).toBe(2)
})

test('a secret that runs can be renewed at once, whatever somebody prepares for the next release', async () => {
  const profile = (ways: object): object => ({
    profile: { publicUrl: 'https://bot.example', handoffs: { ...ways, credential: 'desk' } },
  })
  await cp.call('PATCH', tenant, profile({ webhook: { url: 'https://desk.example' } }))
  await put('desk', { secret: canary })
  expect((await publish()).status).toBe(201)
  await cp.call('PATCH', tenant, profile({ email: { to: 'a@b.example', from: 'c@d.example' } }))
  expect((await put('desk', { secret: `${canary}-renewed` })).status).toBe(200)
  expectRefusal(await publish(), 'credential desk.smtpUrl: `handoffs.email` needs it')
})
