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
    const problem = toProblem(new Fault(request.headers.authorization === undefined ? 'token_missing' : 'not_found'))
    response.writeHead(problem.status).end(JSON.stringify(problem))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

test('an address without a token says where a token is given', async () => {
  await expect(tenantAt(url, undefined).get('/internal/status')).rejects.toThrow('--token, or COPSE_TOKEN')
})

test('a tenant that there is not is named', async () => {
  const environment = readConfig({ COPSE_URL: url, COPSE_ADMIN_KEY: 'key' })
  await expect(findTenant({ tenant: 'nope' }, 'read', environment)).rejects.toThrow(`${url} has no tenant nope.`)
})
