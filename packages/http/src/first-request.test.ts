import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { silentLogger, silentMeter, systemClock } from '@copse/contracts'
import { afterEach, expect, test } from 'vitest'
import { assembleAtFirstRequest, createServer, listenOrExplain, type Listener } from './index.ts'

const open: Listener[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve() {
  let assembled = 0
  const held = Promise.withResolvers<void>()
  const listener = assembleAtFirstRequest(() => {
    assembled += 1
    const app = createServer({ logger: silentLogger, meter: silentMeter, clock: systemClock, bodyLimit: 1_000 })
    app.post('/', async ({ body }) => ({ body }))
    app.get('/slow', async () => held.promise.then(() => ({ slow: true })))
    return app
  }, silentLogger)
  open.push(listener)
  const port = await listenOrExplain(listener, { host: '127.0.0.1', port: 0 })
  return {
    listener,
    address: `http://127.0.0.1:${port}`,
    assembled: () => assembled,
    connections: promisify(listener.server.getConnections.bind(listener.server)),
    release: held.resolve,
  }
}

test('nothing is put together before somebody asks, and once for all who ask', async () => {
  const { address, assembled } = await serve()
  expect(assembled()).toBe(0)
  const post = (body: object) =>
    fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const answers = await Promise.all([{ a: 1 }, { b: 'x'.repeat(500) }].map(async (body) => (await post(body)).json()))
  expect(answers).toEqual([{ body: { a: 1 } }, { body: { b: 'x'.repeat(500) } }])
  expect(assembled()).toBe(1)
})

test('answers as every server of ours does', async () => {
  const { address } = await serve()
  const response = await fetch(`${address}/nowhere`)
  expect(response.headers.get('x-request-id')).toMatch(/.{8}/)
  expect(await response.json()).toMatchObject({ code: 'route_not_found', status: 404 })
  const long = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify('x'.repeat(2_000)),
  })
  expect(await long.json()).toMatchObject({ code: 'body_too_large' })
})

test('ends what was asked before it closes', async () => {
  const { listener, address, release, connections } = await serve()
  const asked = request(`${address}/slow`, { agent: false }).end()
  const slow = once(asked, 'response') as Promise<[IncomingMessage]>
  await expect.poll(() => connections()).toBe(1)
  const closed = listener.close()
  release()
  expect(await text((await slow)[0])).toBe('{"slow":true}')
  await closed
  await expect(fetch(address)).rejects.toThrow()
})

test('a port that is taken is told as such', async () => {
  const { address } = await serve()
  const other = assembleAtFirstRequest(() => expect.fail('nobody asked'), silentLogger)
  const at = { host: '127.0.0.1', port: Number(new URL(address).port) }
  await expect(listenOrExplain(other, at)).rejects.toMatchObject({ code: 'port_taken' })
  await other.close()
})
