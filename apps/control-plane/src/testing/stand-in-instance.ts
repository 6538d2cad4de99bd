/**
 * Stands in for a tenant's process in tests of the host: fetches its bundle with its boot token, once, then says at
 * /healthz whose it is and what it runs. Files in its data folder make it misbehave: `crash`, `stubborn`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { bootstrap, bundle } from '@copse/contracts'

const { COPSE_BOOTSTRAP = '', COPSE_DATA = '', PORT } = process.env
writeFileSync(join(COPSE_DATA, 'environment.json'), JSON.stringify(process.env))
if (existsSync(join(COPSE_DATA, 'crash'))) {
  process.stderr.write('copse: config_invalid: told to crash\n')
  process.exit(1)
}

const { controlPlaneUrl, token } = bootstrap.parse(JSON.parse(readFileSync(COPSE_BOOTSTRAP, 'utf8')))
const response = await fetch(`${controlPlaneUrl}/boot/bundle`, { headers: { authorization: `Bearer ${token}` } })
const { release } = bundle.parse(await response.json())

createServer((_, answer) => {
  answer.end(
    JSON.stringify({ ok: true, tenant: release.tenant.slug, instance: String(process.pid), release: release.number }),
  )
}).listen(Number(PORT), '127.0.0.1')

process.on('SIGTERM', () => {
  if (!existsSync(join(COPSE_DATA, 'stubborn'))) process.exit(0)
})
