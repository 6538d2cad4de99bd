import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle as bundleShape } from '@copse/contracts'
import { verifyOperatorToken } from '@copse/vault'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startControlPlane, type Answer, type TestControlPlane } from '../testing/control-plane.ts'
import { eventually } from '../testing/eventually.ts'
import { findOrder, lookUp, shopWith } from '../testing/procedure.ts'

let cp: TestControlPlane
/** The host is told to run something that ends at once: these tests need only what it was given. */
const nothing = join(mkdtempSync(join(tmpdir(), 'copse-')), 'absent.ts')
const tokens: Record<string, string> = {}

beforeAll(async () => {
  cp = await startControlPlane({ instanceMain: nothing })
  for (const slug of ['techmart', 'harborbank']) {
    await cp.call('POST', '/v1/tenants', { slug, name: slug })
    const tenant = `/v1/tenants/${slug}`
    await cp.call('PUT', `${tenant}/connectors/shop`, { ...shopWith(findOrder), credential: 'shop' })
    await cp.call('PUT', `${tenant}/credentials/shop`, { value: `secret of ${slug}` })
    await cp.call('PUT', `${tenant}/credentials/unused`, { value: 'nobody asks for it' })
    await cp.call('PUT', `${tenant}/procedures/look_up`, lookUp())
    await cp.call('POST', `${tenant}/releases`)
    await cp.call('POST', `${tenant}/deployment`, { desired: 'running' })
    const file = join(cp.place.data, 'instances', slug, 'bootstrap.json')
    tokens[slug] = await eventually(() => JSON.parse(readFileSync(file, 'utf8')).token as string)
  }
})
afterAll(async () => {
  await cp.close()
  rmSync(join(nothing, '..'), { recursive: true })
})

const get = (token: string | undefined, headers: Record<string, string> = {}): Promise<Answer> =>
  cp.call('GET', '/boot/bundle', undefined, { ...headers, authorization: `Bearer ${token}` })

test("a boot token opens its own tenant's bundle, with the credentials that the release names", async () => {
  for (const slug of ['techmart', 'harborbank']) {
    const answer = await get(tokens[slug])
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { release, credentials } = bundleShape.parse(answer.body)
    expect(release.tenant.slug).toBe(slug)
    expect(credentials).toEqual({ shop: `secret of ${slug}` })
    expect(answer.headers.get('etag')).toBe(`"${release.digest}"`)
  }
})

test('the bundle brings what checks operator tokens, and a minted one holds there and for that tenant alone', async () => {
  const { operatorKey } = bundleShape.parse((await get(tokens.techmart)).body)
  const asked = { who: 'ana', can: 'operate', minutes: 5 }
  const { status, body } = await cp.call('POST', '/v1/tenants/techmart/operator-tokens', asked)
  expect(status).toBe(201)
  const { body: tenant } = await cp.call('GET', '/v1/tenants/techmart')
  const now = Date.now()
  const claims = verifyOperatorToken(body.token, operatorKey!, { tenant: tenant.id, now })
  expect(claims).toEqual({ tenant: tenant.id, who: 'ana', can: 'operate', until: Date.parse(body.expiresAt) })
  expect(claims.until - now).toBeLessThanOrEqual(5 * 60_000)
  expect(() => verifyOperatorToken(body.token, operatorKey!, { tenant: 'other', now })).toThrow('another tenant')
  expect((await cp.call('POST', '/v1/tenants/techmart/operator-tokens', { who: 'ana', minutes: 721 })).status).toBe(400)
})

test('a bundle that is known already is not sent again', async () => {
  const etag = (await get(tokens.techmart)).headers.get('etag') ?? ''
  const again = await get(tokens.techmart, { 'if-none-match': etag })
  expect(again).toMatchObject({ status: 304, body: undefined })
})

test('a new release and a replaced credential each change the tag', async () => {
  const first = (await get(tokens.techmart)).headers.get('etag') ?? ''
  await cp.call('PUT', '/v1/tenants/techmart/credentials/shop', { value: 'rotated' })
  const rotated = await get(tokens.techmart, { 'if-none-match': first })
  expect(rotated).toMatchObject({ status: 200, body: { credentials: { shop: 'rotated' } } })
  await cp.call('PUT', '/v1/tenants/techmart/procedures/look_up', lookUp({ name: 'Find' }))
  await cp.call('POST', '/v1/tenants/techmart/releases')
  const released = await get(tokens.techmart, { 'if-none-match': rotated.headers.get('etag') ?? '' })
  expect(released).toMatchObject({ status: 200, body: { release: { number: 2 } } })
})

test('a token that is wrong, of nobody, or of another kind is refused alike', async () => {
  const admin = 'test-admin-key-of-more-than-32-characters'
  const refusals = await Promise.all(
    [`${tokens.techmart}x`, tokens.techmart?.slice(0, -1), 'copse_boot_nobody', admin].map(async (token) => {
      const { status, body } = await get(token)
      return JSON.stringify({ status, ...body, requestId: '' })
    }),
  )
  expect(new Set(refusals).size).toBe(1)
  expect(refusals[0]).toContain('"token_invalid"')
  expect(await cp.call('GET', '/boot/bundle', undefined, {})).toMatchObject({
    status: 401,
    body: { code: 'token_missing' },
  })
})

test('a boot token is no admin key', async () => {
  const refused = await cp.call('GET', '/v1/tenants', undefined, { authorization: `Bearer ${tokens.techmart}` })
  expect(refused).toMatchObject({ status: 401, body: { code: 'token_invalid' } })
})
