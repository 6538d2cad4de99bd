import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startSmtpServer } from '@copse/testkit'
import { expect, test } from 'vitest'
import { openEventStream } from './testing/event-stream.ts'
import { writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

test('a customer who asks for a person reaches one: a mail and a signed request, whose links open the case', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'copse-handoffs-'))
  const smtp = await startSmtpServer()
  const { promise: posted, resolve } = Promise.withResolvers<{ link: string; promises: string[] }>()
  const desk = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      response.end()
      resolve(JSON.parse(body) as { link: string; promises: string[] })
    })
  })
  await new Promise<void>((listening) => desk.listen(0, '127.0.0.1', listening))
  const { port: deskPort } = desk.address() as AddressInfo
  const tenant = await writeTenant({
    'tenant.yaml': `tenant:
  slug: toy
  name: Toy
  profile:
    languages: [es]
    handoffs:
      email: {to: desk@shop.example, from: bot@shop.example}
      webhook: {url: "http://127.0.0.1:${deskPort}/"}
      credential: desk
procedures: [greet.yaml]
credentials: {desk: desk.json}
`,
    'desk.json': JSON.stringify({ smtpUrl: smtp.url, secret: 'a secret of the desk' }),
  })
  const plane = await startPlane(await bootFrom(tenant.file, { dataPath: data }))
  const say = (message: string) =>
    ask<{ response: string; messages: { text: string }[] }>(plane, '/api/chat', { user_id: 'ana', message })

  const { response } = await say('quiero hablar con una persona')
  expect(response).toContain('persona del equipo')
  const { link, promises } = await posted
  const [mail] = await smtp.taken(1)
  expect(promises).toEqual([response])
  expect(mail?.text).toContain(link)

  const opened = await fetch(link, { headers: { accept: 'text/html' } })
  expect(opened.status).toBe(200)
  expect(await opened.text()).toContain('quiero hablar con una persona')
  const post = (wish: object) =>
    fetch(link, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) })
  expect((await post({ take: 'Bea' })).status).toBe(202)
  expect(await say('¿hola?')).toMatchObject({ messages: [] })
  expect((await post({ close: true })).status).toBe(202)
  expect((await post({ say: 'too late' })).status).toBe(410)
  expect((await say('¿hola?')).response).not.toBe('')

  // A browser of another language: all that the tenant does not speak is said in its first.
  const at = `http://127.0.0.1:${plane.port}`
  const greeted = await fetch(`${at}/chat/config`)
  const cookie = greeted.headers.get('set-cookie')?.split(';')[0] ?? ''
  await fetch(`${at}/chat/messages`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'accept-language': 'ca-ES' },
    body: JSON.stringify({ id: 'ask-for-a-person', text: 'quiero hablar con una persona' }),
  })
  const [, second] = await smtp.taken(2)
  const [, address = ''] = /Open the case: (\S+)/.exec(second?.text ?? '') ?? []
  await fetch(address, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ close: 'true' }),
  })
  const stream = await openEventStream(`${at}/chat/events`, { cookie })
  await expect.poll(() => stream.messages().at(-1), { timeout: 15_000 }).toContain('asistente')
  await stream.close()

  await plane.close()
  await smtp.close()
  desk.closeAllConnections()
  desk.close()
  await Promise.all([tenant.remove(), rm(data, { recursive: true })])
})
