import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { operationManifest, type OperationManifest } from '@copse/contracts'

export interface Received {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** An outside system on loopback that keeps what it was sent. */
export async function openOutside(answer: RequestListener) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
      answer(request, response)
    })
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const read: OperationManifest = operationManifest.parse({
  name: 'look_up',
  effect: 'read',
  params: { id: { type: 'string', required: true }, day: { type: 'string' } },
  wire: { method: 'GET', path: '/things/{id}' },
})

export const write: OperationManifest = operationManifest.parse({
  name: 'change',
  effect: 'idempotent',
  params: { id: { type: 'string', required: true }, notify: { type: 'boolean' }, amount: { type: 'number' } },
  wire: { path: '/things/{id}/change', query: ['notify'] },
})
