import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { ProcessHost } from './process.host.ts'

const folder = mkdtempSync(join(tmpdir(), 'copse-host-'))
const main = join(folder, 'main.cjs')
writeFileSync(
  main,
  `require('node:fs').appendFileSync(process.env.COPSE_DATA + '/began', process.pid + '\\n')
   setInterval(() => {}, 1000)`,
)
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 3 }))

const tenant = { id: 'an-id', slug: 'techmart' }
const spec = {
  tenant,
  port: 1,
  dev: false,
  bootstrap: { controlPlaneUrl: 'http://127.0.0.1:1', tenantId: tenant.id, token: 'token' },
}

test('an instance that nobody could note does not begin: none would ever find it again, and there would be two', async () => {
  const host = new ProcessHost({ folder, main, flags: [], environment: {}, healthTimeoutMs: 100 })
  const own = join(folder, tenant.slug)
  const inTheWay = join(own, 'instance.json.new')
  mkdirSync(inTheWay, { recursive: true })
  await expect(host.start(spec)).rejects.toThrow()
  rmdirSync(inTheWay)
  const ref = await host.start(spec)
  const began = await eventually(() => readFileSync(join(own, 'data', 'began'), 'utf8'))
  await host.stop(tenant, ref, 'at once')
  await eventually(async () => (await host.observe(tenant, ref)) === 'absent')
  expect(began).toBe(`${Number.parseInt(ref.id, 10)}\n`)
})
