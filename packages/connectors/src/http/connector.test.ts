import type { RequestListener } from 'node:http'
import type { OperationManifest, OperationOutcome } from '@copse/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { openOutside, read, write } from '../testing/outside.ts'
import { createHttpConnector } from './connector.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((outside) => outside.close()))
})

async function outside(answer: RequestListener) {
  const opened = await openOutside(answer)
  open.push(opened)
  return opened
}

function caller(baseUrl: string, options: { secret?: string; headers?: Record<string, string> } = {}) {
  const { secret, headers = {} } = options
  const connector = createHttpConnector({
    name: 'shop',
    config: { baseUrl, headers },
    secret,
    operations: [read, write],
  })
  return (operation: OperationManifest, args = {}, signal = new AbortController().signal): Promise<OperationOutcome> =>
    connector.call({ operation, args: { id: 'a', ...args }, idempotencyKey: 'key-1', signal })
}

const fine: RequestListener = (_, response) => response.end('{"ok":true}')

describe('how a call travels', () => {
  it('puts arguments into path, query and body, and sends the key and the secret', async () => {
    const { url, received } = await outside(fine)
    const call = caller(`${url}/v1/`, { secret: 's3cret', headers: { 'x-shop': 'north' } })
    await call(write, { id: 'a b/c', notify: true, amount: 79.99 })
    expect(received[0]).toMatchObject({ method: 'POST', url: '/v1/things/a%20b%2Fc/change?notify=true' })
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ amount: 79.99 })
    expect(received[0]?.headers).toMatchObject({
      'idempotency-key': 'key-1',
      authorization: 'Bearer s3cret',
      'x-shop': 'north',
      'content-type': 'application/json',
    })
  })

  it('sends our own key and secret, whatever headers the binding names', async () => {
    const { url, received } = await outside(fine)
    const headers = { 'idempotency-key': 'always the same', authorization: 'Bearer other' }
    await caller(url, { secret: 's3cret', headers })(write)
    expect(received[0]?.headers).toMatchObject({ 'idempotency-key': 'key-1', authorization: 'Bearer s3cret' })
  })

  it('puts what is left of a GET into the query and sends no body', async () => {
    const { url, received } = await outside(fine)
    await caller(url)(read, { day: '2026-01-01', nothing: null })
    expect(received[0]).toMatchObject({ method: 'GET', url: '/things/a?day=2026-01-01', body: '' })
  })

  it.each(['', '.', '..'])('never addresses anything else by "%s"', async (id) => {
    const { url, received } = await outside(fine)
    expect(await caller(url)(write, { id })).toMatchObject({ status: 'no', code: 'argument_invalid' })
    expect(received).toEqual([])
  })

  it('does not follow a redirect', async () => {
    const other = await outside(fine)
    const { url } = await outside((_, response) => response.writeHead(307, { location: other.url }).end())
    expect(await caller(url)(write)).toMatchObject({ status: 'uncertain', code: 'redirected' })
    expect(other.received).toEqual([])
  })
})

const both = async (call: ReturnType<typeof caller>, signal?: () => AbortSignal) => [
  await call(read, {}, signal?.()),
  await call(write, {}, signal?.()),
]

describe('a call that gets no answer', () => {
  it('certainly did nothing when the connection was refused', async () => {
    const gone = await openOutside(fine)
    await gone.close()
    const refused = { status: 'unavailable', code: 'connection_refused' }
    expect(await both(caller(gone.url))).toMatchObject([refused, refused])
  })

  it('certainly did nothing when the host has no name', async () => {
    expect(await caller('http://nowhere.invalid')(write)).toMatchObject({ status: 'unavailable', code: 'name_unknown' })
  })

  it('may have done something when the connection was cut after the request was sent', async () => {
    const { url, received } = await outside((request) => request.socket.destroy())
    expect(await both(caller(url))).toMatchObject([
      { status: 'unavailable', code: 'connection_cut' },
      { status: 'uncertain', code: 'connection_cut' },
    ])
    expect(received).toHaveLength(2)
  })

  it('may have done something when the answer was cut in the middle', async () => {
    const { url } = await outside((request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"ok":', () => request.socket.destroy())
    })
    expect(await both(caller(url))).toMatchObject([
      { status: 'unavailable', code: 'connection_cut' },
      { status: 'uncertain', code: 'connection_cut' },
    ])
  })

  it('may have done something when time ran out', async () => {
    const { url } = await outside(() => {})
    expect(await both(caller(url), () => AbortSignal.timeout(50))).toMatchObject([
      { status: 'unavailable', code: 'timeout' },
      { status: 'uncertain', code: 'timeout' },
    ])
  })

  it('certainly did nothing when it was called off before it began', async () => {
    const { url, received } = await outside(fine)
    expect(await caller(url)(write, {}, AbortSignal.abort())).toMatchObject({ status: 'unavailable', code: 'aborted' })
    expect(received).toEqual([])
  })

  it('stops reading an answer that is too large', async () => {
    const { url } = await outside((_, response) => response.end(JSON.stringify({ text: 'x'.repeat(1_000_000) })))
    expect(await both(caller(url))).toMatchObject([
      { status: 'unavailable', code: 'answer_too_large' },
      { status: 'uncertain', code: 'answer_too_large' },
    ])
  })
})
