import { readFile } from 'node:fs/promises'
import { operations } from '@copse/demo-business'
import type { AdminApi } from './admin-api.ts'
import type { DemoTenant } from './tenants.ts'

const examples = new URL('../../examples/', import.meta.url)
const library = new URL('../../procedures/', import.meta.url)

/** Brings one tenant to what the demo wants. Safe to repeat: what is there already stays, a new release only if something changed. */
export async function provision(api: AdminApi, tenant: DemoTenant, businessUrl: string): Promise<void> {
  const base = `/v1/tenants/${tenant.slug}`
  const profile = {
    timeZone: 'Europe/Madrid',
    languages: ['en', 'es'],
    variables: { demo_customers: tenant.speakAs.join(',') },
  }
  await api.post('/v1/tenants', { slug: tenant.slug, name: tenant.name, profile }, [409])
  await api.put(`${base}/connectors/business`, {
    type: 'http',
    config: { baseUrl: businessUrl },
    operations: operations.filter((operation) => tenant.operations.includes(operation.name)),
  })
  if (tenant.identity !== undefined) await api.put(`${base}/identity`, { operation: tenant.identity })
  await api.put(`${base}/model`, { provider: 'offline' })
  if (tenant.knowledge !== undefined)
    await api.put(`${base}/knowledge`, { text: await readFile(new URL(tenant.knowledge, examples), 'utf8') })
  for (const name of tenant.procedures) {
    const source = await readFile(new URL(`${name}.procedure.yaml`, library), 'utf8')
    const id = name.replaceAll('-', '_')
    await api.put(`/v1/library/procedures/${id}`, { source })
    await api.post(`${base}/bindings`, { procedure: id }, [409])
  }
  await api.post(`${base}/releases`, {})
  await api.post(`${base}/deployment`, { desired: 'running', port: tenant.port, dev: true })
}
