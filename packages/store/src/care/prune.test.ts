import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTemporaryStore } from '../testing.ts'
import { beginTurn, commit } from '../testing/turns.ts'
import { defaultRetention } from './prune.ts'

const hundredDays = 100 * 24 * 60 * 60 * 1000

test('pruning leaves no log behind that the next message would have to write back', async () => {
  let now = 1_000
  const temporary = await openTemporaryStore({ clock: { now: () => now } })
  const { store, folder } = temporary
  for (let n = 0; n < 50; n++) await commit(store, await beginTurn(store, `contact ${n}`))
  const other = new Database(join(folder, 'copse.db'))
  const log = () => (other.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[])[0]!
  expect(log().checkpointed).toBe(0)
  now += hundredDays
  const { deleted } = await store.prune(defaultRetention, now)
  expect(deleted).toMatchObject({ inbox: 50 })
  expect(log()).toEqual({ busy: 0, log: log().log, checkpointed: log().log })
  other.close()
  await temporary.remove()
})

test('a receipt of a message that is none of ours goes with its age', async () => {
  const temporary = await openTemporaryStore({ clock: { now: () => 1_000 } })
  const { store } = temporary
  await store.applyReceipts([{ channel: 'sms', providerId: 'theirs', state: 'delivered', at: 1_000 }])
  expect(await store.prune(defaultRetention, 1_000)).toEqual({ deleted: {} })
  expect(await store.prune(defaultRetention, 1_000 + hundredDays)).toEqual({ deleted: { receipts: 1 } })
  await temporary.remove()
})
