import { once } from 'node:events'
import { connect } from 'node:net'
import { silentLogger, silentMeter, systemClock } from '@copse/contracts'
import { expect, test } from 'vitest'
import { createServer, listenOrExplain } from './index.ts'

test('a request that never ends is not waited for', async () => {
  const app = createServer({
    logger: silentLogger,
    meter: silentMeter,
    clock: systemClock,
    bodyLimit: 1_000,
    requestTimeoutMs: 100,
  })
  app.post('/', async () => 'done')
  const port = await listenOrExplain(app, { host: '127.0.0.1', port: 0 })
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString()))
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{')
  await once(socket, 'close')
  expect(answer).toContain('408')
  await app.close()
}, 10_000)
