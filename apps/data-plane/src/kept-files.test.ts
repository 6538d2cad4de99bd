import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { connectorBinding, type Connector, type JsonObject, type OperationOutcome, type Store } from '@copse/contracts'
import { createConnector } from '@copse/connectors'
import { openTemporaryStore, type TemporaryStore } from '@copse/store/testing'
import { openingHours } from '@copse/time'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newestBackup, takeBackup } from './backups.ts'
import { withKeptFiles } from './kept-files.ts'

const hour = 3_600_000
let temporary: TemporaryStore
let store: Store
let calendar: Connector
let now: number
const clock = { now: () => now }
beforeEach(async () => {
  now = Date.parse('2026-11-20T11:00Z')
  temporary = await openTemporaryStore({ clock })
  store = withKeptFiles(temporary.store, temporary.folder, clock)
  const hours = openingHours.parse({ week: { mon: [{ from: '10:00', to: '12:00' }] } })
  const binding = connectorBinding.parse({ name: 'calendar', type: 'builtin_calendar' })
  const tenant = { timeZone: 'UTC', language: 'en', hours }
  calendar = createConnector(binding, { folder: temporary.folder, clock, tenant })
})
afterEach(async () => {
  await calendar.close()
  await temporary.remove()
})

let calls = 0
const ask = (name: string, args: JsonObject): Promise<OperationOutcome> => {
  const operation = calendar.operations.find((each) => each.name === name)!
  return calendar.call({ operation, args, idempotencyKey: `k${++calls}`, signal: new AbortController().signal })
}
const slotOf = (contact_id: string): Promise<OperationOutcome> => ask('get_future_appointments', { contact_id })

test('a person is forgotten in the calendar as well, to the last byte, and nobody else is', async () => {
  const said = { channel: 'web', messageId: 'm', contact: { alias: 'ana' }, kind: 'text' as const, text: 'hi' }
  await store.append([said])
  const { id } = (await store.contact('web', 'ana'))!
  const booked = { slot: '2026-11-23T10:00Z', contact_id: id, contact_name: 'Ana Secreta', service_key: 'corte' }
  expect(await ask('book_appointment', booked)).toMatchObject({ status: 'ok' })
  await ask('book_appointment', { slot: '2026-11-23T10:30Z', contact_id: 'bea' })
  expect((await store.forget(id)).cleared).toMatchObject({ appointments: 1, inbox: 1 })
  const holds = readdirSync(temporary.folder).filter((file) =>
    readFileSync(path.join(temporary.folder, file)).includes('Ana Secreta'),
  )
  expect(holds).toEqual([])
  expect(await slotOf(id)).toMatchObject({ data: { count: 0 } })
  expect(await slotOf('bea')).toMatchObject({ data: { count: 1 } })
  expect(await ask('book_appointment', { slot: '2026-11-23T10:00Z', contact_id: 'bea' })).toMatchObject({
    status: 'ok',
  })
})

test('a copy of the data has the calendar and the release beside it, and all go when they are old', async () => {
  const backups = path.join(temporary.folder, 'backups')
  await ask('book_appointment', { slot: '2026-11-23T10:00Z', contact_id: 'ana' })
  mkdirSync(path.join(backups, 'calendar'), { recursive: true })
  writeFileSync(path.join(backups, 'calendar', 'auto-2026-11-20T10-00-00Z.db.partial'), 'half')
  writeFileSync(path.join(backups, 'calendar', 'auto-2026-11-20T09-00-00Z.db'), 'of a copy that never got its name')
  writeFileSync(path.join(temporary.folder, 'bundle.sealed'), 'sealed')
  const { path: first } = await takeBackup(store, backups, clock)
  expect(readdirSync(path.join(backups, 'releases', path.basename(first)))).toEqual(['bundle.sealed'])
  const copies = (): string[] => readdirSync(path.join(backups, 'calendar'))
  expect(copies()).toEqual([path.basename(first)])
  expect(await newestBackup(backups, now)).toMatchObject({ name: path.basename(first) })
  const copied = path.join(temporary.folder, 'copied')
  mkdirSync(copied)
  writeFileSync(path.join(copied, 'calendar.db'), readFileSync(path.join(backups, 'calendar', path.basename(first))))
  await calendar.close()
  const hours = openingHours.parse({ week: {} })
  const binding = connectorBinding.parse({ name: 'calendar', type: 'builtin_calendar' })
  calendar = createConnector(binding, { folder: copied, clock, tenant: { timeZone: 'UTC', language: 'en', hours } })
  expect(await slotOf('ana')).toMatchObject({ data: { count: 1 } })

  for (let count = 1; count <= 24; count += 1) writeFileSync(path.join(backups, newer(count)), '')
  now += 25 * hour
  await takeBackup(store, backups, clock)
  expect(existsSync(first)).toBe(false)
  expect(copies()).toHaveLength(1)
  expect(readdirSync(path.join(backups, 'releases'))).toEqual(copies())
})

/** Of the same day as the last one: then the first is neither of the newest nor of a day of its own. */
const newer = (count: number): string => {
  const at = new Date(now + hour + count * 60_000).toISOString().slice(0, 19).replaceAll(':', '-')
  return `auto-${at}Z.db`
}

test('a copy whose calendar cannot be copied does not get its name, and gets it once it can', async () => {
  await ask('book_appointment', { slot: '2026-11-23T10:00Z', contact_id: 'ana' })
  await calendar.close()
  const backups = path.join(temporary.folder, 'backups')
  const copy = path.join(backups, 'monday.db')
  mkdirSync(path.join(backups, 'calendar'), { recursive: true })
  writeFileSync(path.join(backups, 'calendar', 'monday.db'), 'of a copy that is gone')
  const file = path.join(temporary.folder, 'calendar.db')
  const whole = readFileSync(file)
  writeFileSync(file, Buffer.from(whole).fill(0xff, 8_192, 12_288))
  await expect(store.backup(copy)).rejects.toMatchObject({ code: 'data_damaged' })
  expect(readdirSync(backups)).toEqual(['calendar'])
  writeFileSync(file, whole)
  await store.backup(copy)
  expect(readdirSync(path.join(backups, 'calendar'))).toEqual(['monday.db'])
})

test('a check reads the calendar as well, and names it', async () => {
  await ask('book_appointment', { slot: '2026-11-23T10:00Z', contact_id: 'ana' })
  await calendar.close()
  expect(await store.verify()).toEqual({ ok: true, problems: [] })
  const file = path.join(temporary.folder, 'calendar.db')
  writeFileSync(file, Buffer.from(readFileSync(file)).fill(0xff, 8_192, 12_288))
  expect(await store.verify()).toEqual({ ok: false, problems: [expect.stringContaining(`${file}: `)] })
})

test('a tenant without a calendar is copied as before', async () => {
  await calendar.close()
  const other = await openTemporaryStore({ clock })
  const backups = path.join(other.folder, 'backups')
  await takeBackup(withKeptFiles(other.store, other.folder, clock), backups, clock)
  expect(readdirSync(backups)).toHaveLength(1)
  await other.remove()
})
