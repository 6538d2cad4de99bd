import { silentLogger, silentMeter, systemClock } from '@copse/contracts'
import { expect, test } from 'vitest'
import { createServer, listenOrExplain } from './index.ts'

const server = () => createServer({ logger: silentLogger, meter: silentMeter, clock: systemClock, bodyLimit: 1_000 })

test('port 0 takes a free port and says which', async () => {
  const app = server()
  const port = await listenOrExplain(app, { host: '127.0.0.1', port: 0 })
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404)
  await app.close()
})

test('a port in use is a fault that names it', async () => {
  const [first, second] = [server(), server()]
  const port = await listenOrExplain(first, { host: '127.0.0.1', port: 0 })
  await expect(listenOrExplain(second, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'port_taken',
    detail: `127.0.0.1:${port}`,
  })
  await first.close()
  await second.close()
})

test('an address of another machine is a fault of the configuration', async () => {
  const app = server()
  await expect(listenOrExplain(app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'config_invalid' })
  await app.close()
})
