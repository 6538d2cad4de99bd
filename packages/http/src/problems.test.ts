import { Fault, systemClock } from '@copse/contracts'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createLogger, createMetrics, createServer, parse } from './index.ts'

let app: FastifyInstance
let lines: string[]
beforeEach(() => {
  lines = []
  const logger = createLogger({ level: 'debug', clock: systemClock, write: (line) => lines.push(line) })
  app = createServer({ logger, meter: createMetrics(), clock: systemClock, bodyLimit: 1_000 })
  app.post('/echo', async (request) =>
    parse(z.strictObject({ name: z.string(), age: z.int().optional() }), request.body),
  )
  app.post('/small', { bodyLimit: 10 }, async () => ({}))
  app.get('/bug', async () => {
    throw new TypeError('select * from secrets where password = "hunter2"')
  })
  app.get('/busy', async () => {
    throw new Fault('busy')
  })
})
afterEach(() => app.close())

const post = (url: string, payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })

test('every field that is wrong is named', async () => {
  const { statusCode, headers, json } = await post('/echo', '{"age": 1.5, "colour": "red"}')
  expect(statusCode).toBe(400)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(json()).toMatchObject({ type: '/problems/body_invalid', code: 'body_invalid', retryable: false })
  const { errors } = json<{ errors: { path: string; message: string }[] }>()
  expect(errors.map(({ path }) => path)).toEqual(['name', 'age', ''])
})

test.each([
  ['{"name": ', 'application/json'],
  ['', 'application/json'],
  ['{"__proto__": {"x": 1}}', 'application/json'],
  ['<name/>', 'application/xml'],
])('%j as %s is not JSON', async (body, type) => {
  expect((await post('/echo', body, type)).json()).toMatchObject({ status: 400, code: 'body_not_json' })
})

test('too large a body is told the limit of its own route', async () => {
  expect((await post('/echo', `{"name": "${'x'.repeat(1_000)}"}`)).json()).toMatchObject({ status: 413, limit: 1_000 })
  expect((await post('/small', '{"name": "longer"}')).json()).toMatchObject({
    status: 413,
    limit: 10,
    detail: 'The limit is 10 bytes.',
  })
})

test('an unknown address is a problem, whatever is in it', async () => {
  for (const url of ['/nope', '/%E0%A4%A', `/${'x'.repeat(5_000)}`]) {
    expect((await app.inject({ url })).json(), url).toMatchObject({ status: 404, code: 'route_not_found' })
  }
  expect((await app.inject({ method: 'DELETE', url: '/echo' })).json()).toMatchObject({ status: 404 })
})

test('what nobody foresaw shows nothing of itself outside, and its stack in the log', async () => {
  const { statusCode, body, headers } = await app.inject({ url: '/bug' })
  expect(statusCode).toBe(500)
  expect(body).not.toMatch(/hunter2|TypeError|at /)
  const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error')
  expect(logged).toMatchObject({ requestId: headers['x-request-id'], error: { name: 'TypeError' } })
  expect(logged.error.stack).toContain('problems.test.ts')
})

test('what may be tried again says so', async () => {
  const { headers, json } = await app.inject({ url: '/busy' })
  expect(headers['retry-after']).toBe('1')
  expect(json()).toMatchObject({ status: 503, retryable: true })
})
