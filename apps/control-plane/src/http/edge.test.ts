import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startControlPlane, type TestControlPlane } from '../testing/control-plane.ts'

let cp: TestControlPlane
beforeAll(async () => {
  cp = await startControlPlane()
  await cp.call('POST', '/v1/tenants', { slug: 'techmart', name: 'TechMart' })
})
afterAll(() => cp.close())

describe('the admin key', () => {
  const routes = [
    ['GET', '/v1/tenants'],
    ['POST', '/v1/tenants'],
    ['GET', '/v1/tenants/techmart'],
    ['GET', '/v1/tenants/nobody'],
    ['PUT', '/v1/library/procedures/x'],
    ['PUT', '/v1/tenants/techmart/procedures/x'],
    ['PUT', '/v1/tenants/techmart/credentials/x'],
    ['POST', '/v1/tenants/techmart/releases'],
    ['POST', '/v1/tenants/techmart/deployment'],
    ['GET', '/v1/instances'],
    ['GET', '/%76%31/tenants'],
    ['GET', '/v1//tenants/techmart'],
  ] as const

  test.each(routes)('is needed for %s %s, before anything else is looked at', async (method, path) => {
    const body = method === 'GET' ? undefined : '{ not json'
    const missing = await cp.call(method, path, body, {})
    const wrong = await cp.call(method, path, body, { authorization: 'Bearer nothing-like-the-admin-key-at-all' })
    for (const refused of [missing, wrong]) expect([401, 404]).toContain(refused.status)
    if (missing.status === 404) expect(missing.body.code).toBe('route_not_found')
    else expect([missing.body.code, wrong.body.code]).toEqual(['token_missing', 'token_invalid'])
  })

  test('is not needed to ask for health', async () => {
    expect(await cp.call('GET', '/healthz', undefined, {})).toMatchObject({ status: 200, body: { ok: true } })
    expect(await cp.call('GET', '/readyz', undefined, {})).toMatchObject({ status: 200, body: { ok: true } })
  })
})

describe('bodies', () => {
  test('that are not JSON, and of another type, are a problem that says so', async () => {
    const key = { authorization: 'Bearer test-admin-key-of-more-than-32-characters' }
    for (const type of ['application/json', 'application/xml', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${cp.url}/v1/tenants`, {
        method: 'POST',
        headers: { ...key, 'content-type': type },
        body: '{"slug":',
      })
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(await response.json()).toMatchObject({ code: 'body_not_json' })
    }
  })

  test('end at 1 MiB, those of knowledge at 5', async () => {
    const text = 'a'.repeat(1024 * 1024)
    const tenant = await cp.call('PATCH', '/v1/tenants/techmart', { name: text })
    expect(tenant).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
    const put = (knowledge: string) => cp.call('PUT', '/v1/tenants/techmart/knowledge', { text: knowledge })
    expect(await put('€'.repeat(500_000))).toMatchObject({ status: 200 })
    const long = await put('€'.repeat(500_001))
    expect(long).toMatchObject({ status: 400, body: { code: 'body_invalid' } })
    expect(JSON.stringify(long.body)).toContain('holds more than 500,000 characters')
    const huge = await put(text.repeat(5))
    expect(huge).toMatchObject({ status: 413, body: { code: 'body_too_large', detail: 'At most 5242880 bytes.' } })
  })

  test('may be the text itself where a text is all there is', async () => {
    const key = { authorization: 'Bearer test-admin-key-of-more-than-32-characters' }
    const at = `${cp.url}/v1/tenants/techmart/knowledge`
    for (const type of ['text/markdown', 'text/plain']) {
      const body = `# Hours\n\nOpen at nine (${type}).`
      const response = await fetch(at, { method: 'PUT', headers: { ...key, 'content-type': type }, body })
      expect(response.status).toBe(200)
      expect(await cp.call('GET', '/v1/tenants/techmart/knowledge')).toMatchObject({ body: { text: body } })
    }
  })

  test('need not be there where something is taken away, though their type is named', async () => {
    const headers = {
      authorization: 'Bearer test-admin-key-of-more-than-32-characters',
      'content-type': 'application/json',
    }
    expect(await cp.call('DELETE', '/v1/tenants/techmart/channels/nothing', undefined, headers)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })

  test('cannot reach into prototypes', async () => {
    const response = await cp.call('POST', '/v1/tenants', JSON.parse('{"__proto__":{"slug":"x"},"name":"X"}'))
    expect(response.status).toBe(400)
    expect(({} as { slug?: string }).slug).toBeUndefined()
  })
})

test('an unknown address is a problem, and so is a wrong method', async () => {
  for (const [method, path] of [
    ['GET', '/v1/nothing'],
    ['DELETE', '/v1/tenants'],
    ['GET', '/'],
    ['GET', '/v1/tenants/%E0%A4%A'],
  ] as const) {
    expect(await cp.call(method, path)).toMatchObject({ status: 404, body: { code: 'route_not_found' } })
  }
})

test('a request keeps the id that it came with, when that is harmless', async () => {
  const asked = await cp.call('GET', '/v1/nothing', undefined, { 'x-request-id': 'trace-12345678' })
  expect(asked.headers.get('x-request-id')).toBe('trace-12345678')
  expect(asked.body.requestId).toBe('trace-12345678')
  const forged = await cp.call('GET', '/v1/nothing', undefined, { 'x-request-id': 'a b' })
  expect(forged.body.requestId).toMatch(/^[0-9a-f-]{36}$/)
})
