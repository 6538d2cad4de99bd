import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { post, Unanswered } from './post.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function outside(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const send = (address: string) => post(address, { authorization: 'Bearer s3cret' }, '{}', AbortSignal.timeout(10_000))
const failure = (address: string): Promise<unknown> => send(address).catch((error: unknown) => error)

describe('a post without an answer', () => {
  it('may have been read when its connection was cut, whether that was new or kept', async () => {
    let requests = 0
    const address = await outside((request, response) => {
      if (++requests === 2) response.end('{}')
      else request.socket.destroy()
    })
    expect(await failure(address)).toMatchObject({ sent: true })
    expect(await send(address)).toMatchObject({ status: 200 })
    expect(await failure(address)).toMatchObject({ sent: true })
    expect(requests).toBe(3)
  })

  it('is what an answer without end comes to', async () => {
    let written = 0
    const address = await outside((_, response) => {
      const chunk = 'x'.repeat(100_000)
      const more = (): void => {
        if (response.destroyed || written > 20_000_000) return
        written += chunk.length
        if (response.write(chunk)) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    const error = await failure(address)
    expect(error).toBeInstanceOf(Unanswered)
    expect(error).toMatchObject({ sent: true })
    expect(written).toBeLessThan(20_000_000)
  })
})

it('takes a redirect for an answer, and no secret with it elsewhere', async () => {
  let asked = 0
  const elsewhere = await outside((_, response) => {
    asked++
    response.end()
  })
  const address = await outside((_, response) => response.writeHead(307, { location: elsewhere }).end())
  expect(await send(address)).toMatchObject({ status: 307 })
  expect(asked).toBe(0)
})
