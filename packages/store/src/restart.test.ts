import type { Store } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './index.ts'
import { openTemporaryStore, type TemporaryStore } from './testing.ts'
import { beginTurn, commit, nextTurn } from './testing/turns.ts'

const dayMs = 24 * 60 * 60 * 1000
let now: number
let temporary: TemporaryStore
let store: Store
beforeEach(async () => {
  now = Date.UTC(2026, 0, 15, 12)
  temporary = await openTemporaryStore({ clock: { now: () => now } })
  store = temporary.store
})
afterEach(async () => {
  await store.close()
  await temporary.remove()
})
const restart = async (): Promise<void> => {
  await store.close()
  store = await openStore({ folder: temporary.folder, clock: { now: () => now } })
}

test('a turn that was begun comes back as it was, with one more attempt', async () => {
  const turn = await beginTurn(store, 'ana')
  await restart()
  expect(await nextTurn(store, turn.contact.id)).toEqual({ ...turn, attempt: 2 })
  expect(await store.pending()).toEqual([{ contactId: turn.contact.id, messages: 1, attempts: 2 }])
})

test('an intent without an outcome stays as it is while its turn is open', async () => {
  const turn = await beginTurn(store, 'ana')
  const intent = { turnId: turn.id, key: 'k1', node: 'pay', visit: 1, name: 'refund', args: {}, argsHash: 'a1' }
  await store.beginEffect({ ...intent, policy: 'idempotent' }, [])
  await restart()
  expect(store.recovered.uncertainEffects).toBe(0)
  expect(await store.effects({ state: 'intent' })).toHaveLength(1)
})

test('what was being sent when the process died is sent again', async () => {
  await commit(store, await beginTurn(store, 'ana', { channel: 'sms' }), { messages: [{ text: 'a1' }] })
  const claim = () => store.claimSends({ channels: ['sms'], now, limit: 10 })
  await claim()
  await restart()
  expect(store.recovered.interruptedSends).toBe(1)
  expect((await claim()).sends).toMatchObject([{ message: { text: 'a1' }, attempt: 2 }])
})

test('a schedule that is set again as it was goes on; another one begins anew', async () => {
  const set = (daily: string) =>
    store.changeTimers({ channel: 'web', alias: 'ana' }, [
      { set: { key: 'daily', when: { schedule: { daily }, zone: 'Europe/Berlin' } } },
    ])
  await set('09:00')
  now += 2 * dayMs
  await restart()
  await set('09:00')
  const [fired] = (await store.fireTimers(now, 10)).events
  expect((await nextTurn(store, fired!.contactId))!.events).toMatchObject([
    { data: { occurrence: '2026-01-17T09:00[Europe/Berlin]', backfilled: true } },
  ])
  now += 2 * dayMs
  await set('08:00')
  expect((await store.fireTimers(now, 10)).events).toEqual([])
  expect(await store.timers()).toMatchObject([{ schedule: { daily: '08:00' }, zone: 'Europe/Berlin' }])
})
