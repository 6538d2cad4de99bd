import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Fault } from '@copse/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeTenant } from '../testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from '../testing/plane.ts'

/** Tenants of an earlier platform, kept beside the repository. */
const configs = new URL('../../../../../shared/fixtures/bots-platform/tests/configs/', import.meta.url).pathname

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copse-platform-'))
})
afterEach(() => rm(folder, { recursive: true }))

const start = (configPath: string) => bootFrom(configPath, { dataPath: folder, dev: undefined })

describe.skipIf(!existsSync(configs))('a tenant of the earlier platform', () => {
  it.each([
    ['dev_tenant.yaml', 'test-tenant', 'toy_v1'],
    ['peluqueria_dev_tenant.yaml', 'peluqueria-sur', 'peluqueria_flow_v1'],
    ['whatsapp_tenant.yaml', 'tenant-integration', 'toy_v1'],
  ])('%s loads unchanged', async (file, slug, flow) => {
    const { bundle, dev } = await start(path.join(configs, file))
    expect(dev).toBe(true)
    expect(bundle.release).toMatchObject({ tenant: { slug }, procedures: [{ id: flow, kind: 'flow' }] })
  })

  it('keeps the secrets of its channel out of the release', async () => {
    const { bundle } = await start(path.join(configs, 'whatsapp_tenant.yaml'))
    expect(bundle.release.channels).toEqual([
      { name: 'whatsapp', type: 'whatsapp', config: { phoneNumberId: '99999' }, credential: 'whatsapp' },
    ])
    expect(JSON.stringify(bundle.release)).not.toContain('integration_test_secret')
    expect(JSON.parse(bundle.credentials['whatsapp'] ?? '')).toMatchObject({ appSecret: 'integration_test_secret' })
  })

  it('books an appointment over HTTP', async () => {
    const plane = await startPlane(await start(path.join(configs, 'peluqueria_dev_tenant.yaml')), {
      clock: { now: () => Date.UTC(2026, 10, 23, 7) },
    })
    const say = (body: object) =>
      ask<{ step: string; response: string; messages: { options?: { id: string }[] }[] }>(plane, '/api/chat', {
        user_id: '34600111222',
        ...body,
      })
    expect(await say({ message: 'hola' })).toMatchObject({ intent: 'peluqueria_flow_v1', step: 'MENU' })
    await say({ payload: 'menu_book' })
    await say({ payload: 'service_corte' })
    expect(await say({ message: '1' })).toMatchObject({ step: 'BOOK_SELECT_PERIOD' })
    const hours = await say({ payload: 'period_afternoon' })
    expect(hours.step).toBe('BOOK_SELECT_HOUR')
    await say({ payload: hours.messages.at(-1)?.options?.[0]?.id })
    expect(await say({ message: 'Ana' })).toMatchObject({
      step: 'BOOK_CONFIRM',
      response: expect.stringContaining('Su cita está reservada: lun 23 nov, 17:00'),
    })
    await say({ payload: 'back_to_menu' })
    expect(await say({ payload: 'menu_view' })).toMatchObject({ response: expect.stringContaining('17:00') })
    await plane.close()
  })
})

describe('a file of that platform that is wrong', () => {
  it.each([
    ['tenant_id: a\nchannel: {type: http_dev}\n', 'flow_path'],
    ['tenant_id: a\nflow_path: f.yaml\nchannel: {type: fax}\n', 'channel.type'],
    ['tenant_id: a\nflow_path: f.yaml\nchanel: {type: http_dev}\n', 'chanel'],
  ])('%j says where', async (text, what) => {
    const tenant = await writeTenant({ 'tenant.yaml': text })
    const fault = await start(tenant.file).catch((error: unknown) => error as Fault)
    await tenant.remove()
    expect(fault).toMatchObject({ code: 'config_invalid', message: expect.stringContaining(what) })
  })
})

it('a tenant with two procedures that the same words start is refused', async () => {
  const greet = (id: string) =>
    `copse: 1\nprocedure: {id: ${id}, triggers: [good day], steps: [{id: hi, action: end, say: Hi}]}\n`
  const tenant = await writeTenant({
    'tenant.yaml': 'tenant: {slug: toy, name: Toy}\nprocedures: [one.yaml, two.yaml]\n',
    'one.yaml': greet('one'),
    'two.yaml': greet('two'),
  })
  const fault = await start(tenant.file).catch((error: unknown) => error as Fault)
  await tenant.remove()
  expect(fault).toMatchObject({
    code: 'procedure_invalid',
    extra: { diagnostics: [{ code: 'trigger_taken', file: 'two' }] },
  })
})

it('a tenant with two flows is refused: both would take what nobody claims', async () => {
  const flow = (id: string) =>
    `copse: 1\nflow: {id: ${id}, initial_state: A, states: {A: {on_enter: [{action: send_text, text: Hi}], fallback: A}}}\n`
  const tenant = await writeTenant({
    'tenant.yaml': 'tenant: {slug: toy, name: Toy}\nprocedures: [one.yaml, greet.yaml, two.yaml]\n',
    'one.yaml': flow('one'),
    'two.yaml': flow('two'),
  })
  const fault = await start(tenant.file).catch((error: unknown) => error as Fault)
  await tenant.remove()
  expect(fault).toMatchObject({
    code: 'procedure_invalid',
    extra: { diagnostics: [{ code: 'second_flow', file: 'two' }] },
  })
})
