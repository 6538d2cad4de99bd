import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface Call {
  operation: 'keep' | 'pay'
  note: string
  key: string
}

/**
 * The outside: writes down every call as it comes, and outlives the tenant's process. `keep` knows keys, as an
 * idempotent system does; `pay` does what it is told each time.
 */
export async function startLedger() {
  const calls: Call[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { note } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { note: string }
      const operation = request.url === '/pay' ? 'pay' : 'keep'
      calls.push({ operation, note, key: String(request.headers['idempotency-key']) })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, note }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: calls as readonly Call[],
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
