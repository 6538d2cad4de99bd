import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { silentLogger, silentMeter, systemClock } from '@copse/contracts'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createServer, listenOrExplain, type ServerOptions } from './index.ts'

const open: { close(): unknown }[] = []
let connectionsOf: () => Promise<number>
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

/** Answers a body with its length. */
async function serve(limits: Partial<ServerOptions>): Promise<number> {
  const app = createServer({
    logger: silentLogger,
    meter: silentMeter,
    clock: systemClock,
    bodyLimit: 100_000,
    ...limits,
  })
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
  app.post('/', async (request) => String(request.body))
  app.post('/shut', { onRequest: async (_, reply) => reply.code(401).send() }, async () => 'never')
  const port = await listenOrExplain(app, { host: '127.0.0.1', port: 0 })
  open.push(app)
  connectionsOf = promisify(app.server.getConnections.bind(app.server))
  return port
}

/** So that an answer ends the connection. */
const last = (head: string): string => `${head}\r\nconnection: close`

interface Caller {
  socket: Socket
  /** Resolves with all that was answered when the connection ends. */
  ended: Promise<string>
}

async function call(port: number, head: string, path = '/'): Promise<Caller> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  open.push({ close: () => socket.destroy() })
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
  socket.on('error', () => {})
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/x\r\n${head}\r\n\r\n`)
  return { socket, ended: new Promise((resolve) => socket.once('close', () => resolve(answer))) }
}

test('a request that never ends is not waited for', async () => {
  const port = await serve({ requestTimeoutMs: 100 })
  const { socket, ended } = await call(port, 'content-length: 100')
  socket.write('{')
  expect(await ended).toContain('408')
}, 10_000)

test('one that drips is not waited for either', async () => {
  const port = await serve({ requestTimeoutMs: 200 })
  const { socket, ended } = await call(port, 'transfer-encoding: chunked')
  const dripping = setInterval(() => socket.write('1\r\nx\r\n'), 20)
  expect(await ended.finally(() => clearInterval(dripping))).toContain('408')
}, 10_000)

test('bodies that do not end hold so many bytes together: the one that is waited for longest is given up', async () => {
  const port = await serve({ unfinishedBytes: 200_000 })
  const first = await call(port, last('content-length: 90000'))
  first.socket.write('x'.repeat(89_999))
  const second = await call(port, last('content-length: 90000'))
  second.socket.write('x'.repeat(89_999))
  const third = await call(port, last('content-length: 90000'))
  third.socket.write('x'.repeat(89_999))
  expect(await first.ended).toMatch(/^HTTP\/1.1 503 [^]*"code":"busy"/)
  // The others are still listened to, and what the first held is free again.
  for (const { socket, ended } of [second, third]) {
    socket.write('y')
    expect(await ended).toMatch(/^HTTP\/1.1 200 [^]*\r\n\r\nx{89999}y$/)
  }
  for (let at = 0; at < 5; at++) {
    const { socket, ended } = await call(port, last('content-length: 90000'))
    socket.write('x'.repeat(89_999))
    socket.write('y')
    expect(await ended).toContain('HTTP/1.1 200')
  }
})

test('whoever goes away, or has their answer, gives back what their body held', async () => {
  const port = await serve({ unfinishedBytes: 200_000, bodyLimit: 95_000 })
  const patient = await call(port, last('content-length: 60000'))
  patient.socket.write('x'.repeat(59_999))
  for (let at = 0; at < 6; at++) {
    const { socket, ended } = await call(port, last('content-length: 90000'))
    socket.write('x'.repeat(80_000))
    await expect.poll(() => socket.bytesWritten).toBeGreaterThan(80_000)
    socket.destroy()
    await ended
    await expect.poll(() => connectionsOf()).toBe(1)
  }
  for (let at = 0; at < 6; at++) {
    const { socket, ended } = await call(port, 'transfer-encoding: chunked')
    socket.write(`${(120_000).toString(16)}\r\n${'x'.repeat(120_000)}\r\n`)
    // Or nothing: it was told while it still wrote.
    expect(await ended).toMatch(/^$|^HTTP\/1.1 413/)
  }
  patient.socket.write('y')
  expect(await patient.ended).toContain('HTTP/1.1 200')
})

test('a body is the same in whatever pieces it comes', async () => {
  const port = await serve({ bodyLimit: 1_000_000 })
  const piece = fc
    .tuple(fc.nat(30_000), fc.constantFrom('x', 'é', '€', '🙃'))
    .map(([length, letter]) => letter.repeat(length + 1))
  const pieces = fc.array(piece, { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(pieces, async (texts) => {
      const { socket, ended } = await call(port, last('transfer-encoding: chunked'))
      for (const text of texts) {
        const bytes = Buffer.from(text)
        socket.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]))
        await new Promise((resolve) => setImmediate(resolve))
      }
      socket.write('0\r\n\r\n')
      expect(await ended).toContain(`\r\n\r\n${texts.join('')}`)
    }),
    { numRuns: 12 },
  )
})

test('bytes that come one by one are kept together', async () => {
  const app = createServer({ logger: silentLogger, meter: silentMeter, clock: systemClock, bodyLimit: 100_000 })
  let pieces = 0
  app.addContentTypeParser('*', (_, payload, done) => {
    let length = 0
    payload.on('data', (piece: Buffer) => {
      pieces++
      length += piece.length
    })
    payload.on('end', () => done(null, length))
  })
  app.post('/', async (request) => String(request.body))
  const port = await listenOrExplain(app, { host: '127.0.0.1', port: 0 })
  open.push(app)
  const { socket, ended } = await call(port, last('transfer-encoding: chunked'))
  await new Promise((resolve) => setImmediate(resolve))
  socket.write(`${'1\r\nx\r\n'.repeat(9_000)}0\r\n\r\n`)
  expect(await ended).toMatch(/\r\n\r\n9000$/)
  expect(pieces).toBe(1)
})

test('a body in more pieces than its bytes are worth is refused, long before its end', async () => {
  const port = await serve({ bodyLimit: 3_000_000 })
  const crumbs = await call(port, 'transfer-encoding: chunked')
  crumbs.socket.write('1\r\nx\r\n'.repeat(200_000))
  // It has no end: it is answered before.
  expect(await crumbs.ended).toMatch(/^HTTP\/1.1 413 [^]*"code":"body_too_large"[^]*pieces/)
  const slices = await call(port, last('transfer-encoding: chunked'))
  slices.socket.write(`${`64\r\n${'x'.repeat(100)}\r\n`.repeat(20_000)}0\r\n\r\n`)
  expect((await slices.ended).length).toBeGreaterThan(2_000_000)
})

test('a body beyond the limit ends its connection at once, and so does any answer before the end of a body', async () => {
  const port = await serve({ bodyLimit: 20_000 })
  const told = await call(port, 'content-length: 20001')
  expect(await told.ended).toContain('HTTP/1.1 413')
  const grown = await call(port, 'transfer-encoding: chunked')
  grown.socket.write(`${(40_000).toString(16)}\r\n${'x'.repeat(40_000)}\r\n`)
  expect(await grown.ended).toContain('HTTP/1.1 413')
  const shut = await call(port, 'transfer-encoding: chunked', '/shut')
  shut.socket.write('1\r\nx\r\n')
  expect(await shut.ended).toContain('HTTP/1.1 401')
  const lost = await call(port, 'transfer-encoding: chunked', '/nowhere')
  lost.socket.write(`${(40_000).toString(16)}\r\n${'x'.repeat(40_000)}\r\n`)
  expect(await lost.ended).toMatch(/^HTTP\/1.1 4(04|13)/)
})
