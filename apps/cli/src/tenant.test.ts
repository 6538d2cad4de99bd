import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault, toProblem } from '@copse/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { findTenant, tenantAt } from './tenant.ts'

let server: Server
let url: string

/** A process that wants a token, and a control plane that knows no tenant. */
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url?.includes('/still')) return
    if (request.url === '/cut') return void response.writeHead(200).write('{"half":')
    if (request.url === '/page') return void response.end('<h1>It works!</h1>')
    const isDeployed = request.url?.includes('/idle/') !== true
    const problem = toProblem(
      request.headers.authorization === undefined
        ? new Fault('token_missing')
        : new Fault('not_found', isDeployed ? {} : { detail: 'This tenant was not deployed yet.' }),
    )
    const answer = (): void => void response.writeHead(problem.status).end(JSON.stringify(problem))
    if (request.url === '/slow') setTimeout(answer, 200)
    else answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

test('an address without a token says where a token is given', async () => {
  await expect(tenantAt(url, undefined).get('/internal/status')).rejects.toThrow('--token, or COPSE_TOKEN')
})

test('a tenant that was never deployed is not called one that there is not', async () => {
  const environment = readConfig({ COPSE_URL: url, COPSE_ADMIN_KEY: 'key' })
  await expect(findTenant({ tenant: 'idle' }, 'read', environment)).rejects.toThrow('This tenant was not deployed yet.')
})

test('a process that stands still is not waited for, and what changes something takes its time', async () => {
  const patience = { readMs: 50 }
  await expect(tenantAt(url, 'key', patience).get('/still')).rejects.toThrow(`${url} does not answer within 0.05 s.`)
  await expect(tenantAt(url, 'key', patience).post('/slow')).rejects.toThrow('No such object')
})

test('a control plane that stands still is not waited for either', async () => {
  const environment = readConfig({ COPSE_URL: url, COPSE_ADMIN_KEY: 'key' })
  const found = findTenant({ tenant: 'still' }, 'read', environment, { readMs: 50 })
  await expect(found).rejects.toThrow(`${url} does not answer within 0.05 s.`)
})

test('an answer that stops in the middle is none, nor is what another program says', async () => {
  await expect(tenantAt(url, 'key', { readMs: 200 }).get('/cut')).rejects.toThrow('does not answer within 0.2 s')
  await expect(tenantAt(url, 'key').get('/page')).rejects.toThrow(`What answers at ${url} is no tenant.`)
})

test('a tenant that there is not is named', async () => {
  const environment = readConfig({ COPSE_URL: url, COPSE_ADMIN_KEY: 'key' })
  await expect(findTenant({ tenant: 'nope' }, 'read', environment)).rejects.toThrow(`${url} has no tenant nope.`)
})
