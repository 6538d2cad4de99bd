import { join } from 'node:path'
import type { Store } from '@copse/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../open.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing.ts'

// What timers do is in testing/conformance/timers.ts.

const hourMs = 60 * 60 * 1000
const ana = { channel: 'sms', alias: 'ana' }
let now: number
let temporary: TemporaryStore
let store: Store
beforeEach(async () => {
  now = Date.UTC(2026, 0, 15, 9)
  temporary = await openTemporaryStore({ clock: { now: () => now } })
  store = temporary.store
})
afterEach(async () => {
  await store.close()
  await temporary.remove()
})

/** As if the system's zones had been replaced. */
async function inZone(zone: string): Promise<void> {
  await store.close()
  const db = new Database(join(temporary.folder, 'copse.db'))
  db.prepare('UPDATE timers SET zone = ? WHERE zone IS NOT NULL').run(zone)
  db.close()
  store = await openStore({ folder: temporary.folder, clock: { now: () => now } })
}
const comes = async () => (await store.fireTimers(now, 10)).events.length

test('a timer in a zone that this system knows no longer keeps no other from coming, and comes again once it is known', async () => {
  const daily = { key: 'daily', when: { schedule: { daily: '12:00' }, zone: 'Europe/Berlin' } }
  await store.changeTimers(ana, [{ set: daily }, { set: { key: 'once', when: { at: now + 3 * hourMs } } }])
  await inZone('Mars/Olympus')
  now += 4 * hourMs
  expect(await store.fireTimers(now, 10)).toMatchObject({
    events: [{}],
    skipped: 0,
    unread: ['Mars/Olympus'],
  })
  expect(await store.unreadTimers()).toEqual([{ zone: 'Mars/Olympus', timers: 1 }])
  expect(await comes()).toBe(0)
  await inZone('Europe/Berlin')
  expect(await store.unreadTimers()).toEqual([])
  now += hourMs
  expect(await comes()).toBe(0)
  now += 24 * hourMs
  expect(await comes()).toBe(1)
})
