import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bundle } from '@copse/contracts'

/** A small control plane that speaks GET /boot/bundle and nothing else. */
export async function openBootServer(token: string) {
  let etag = '"0"'
  let bundle: unknown
  let failing: number | undefined
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    const answer = (status: number, body?: unknown): void => {
      response
        .writeHead(status, { 'content-type': 'application/json', etag })
        .end(body === undefined ? undefined : JSON.stringify(body))
    }
    if (request.url !== '/boot/bundle') return answer(404, {})
    if (failing !== undefined) return answer(failing, { code: 'failing' })
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { code: 'token_invalid' })
    if (request.headers['if-none-match'] === etag) return answer(304)
    answer(200, bundle)
  })
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    serve(next: Bundle | object, tag: string) {
      bundle = next
      etag = `"${tag}"`
    },
    fail(status: number | undefined) {
      failing = status
    },
    up: () => listen(port),
    down(): Promise<void> {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
export type BootServer = Awaited<ReturnType<typeof openBootServer>>
