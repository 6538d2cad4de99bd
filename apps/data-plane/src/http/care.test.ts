import { existsSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRig, type Rig } from '../testing/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await openRig({ slowMs: 0 })
})
afterEach(() => rig.close())

test('a copy is made under the name asked for, beside the data and nowhere else', async () => {
  const { status, body } = await rig.post('/internal/backup', { name: 'monday.db' })
  expect(status).toBe(200)
  expect(existsSync(String(body['path']))).toBe(true)
  expect((await rig.post('/internal/backup', { name: 'monday.db' })).status).toBe(409)
  for (const name of ['../monday.db', '/tmp/monday.db', '.hidden', '', 'auto-2026-01-01T00-00-00Z.db']) {
    expect((await rig.post('/internal/backup', { name })).status).toBe(400)
  }
})

test('the data are checked while the process is at work', async () => {
  await rig.post('/api/chat', { message: 'hi', user_id: 'ana' })
  expect(await rig.post('/internal/verify', {})).toMatchObject({ status: 200, body: { ok: true, problems: [] } })
})

test('a person is forgotten by their contact, and nobody else', async () => {
  await rig.post('/api/chat', { message: 'hi', user_id: 'ana' })
  const contact = await rig.store.contact('api', 'ana')
  expect(await rig.post('/internal/forget', { contactId: contact!.id })).toMatchObject({ status: 200 })
  expect(await rig.store.contact('api', 'ana')).toBeUndefined()
  expect((await rig.post('/internal/forget', { contactId: 'nobody' })).status).toBe(404)
})
