import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTemporaryStore, type TemporaryStore } from '../testing.ts'
import { beginTurn, commit, nextTurn } from '../testing/turns.ts'
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

describe('what was said long ago goes', () => {
  let now: number
  let temporary: TemporaryStore
  beforeEach(async () => {
    now = 1_000
    temporary = await openTemporaryStore({ clock: { now: () => now } })
  })
  afterEach(() => temporary.remove())

  /** A person had the conversation for a while; then years pass. */
  async function yearsAfter(conversationId: string): Promise<string[]> {
    const { store } = temporary
    await store.delivered(conversationId, 1_000_000)
    await store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asked' })
    await store.setOwner({ conversationId, owner: 'bot', who: 'eva', reason: 'done' })
    now += 10 * hundredDays
    await store.prune(defaultRetention, now)
    return (await store.messages({ conversationId })).map(({ text }) => text)
  }

  test('also what a person said by hand or by their own phone', async () => {
    const { store } = temporary
    const { reply } = await commit(store, await beginTurn(store, 'ana'), { messages: [{ text: 'One moment.' }] })
    const { conversationId } = reply
    await store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asked' })
    await store.say({ conversationId, message: { text: 'by hand' }, who: 'eva', key: 'k' })
    await store.applyEchoes([{ channel: 'web', messageId: 'e', alias: 'ana', text: 'by phone' }])
    expect(await yearsAfter(conversationId)).toEqual([])
  })

  test('also of a message that was buried and redriven, with its case', async () => {
    const { store } = temporary
    const turn = await beginTurn(store, 'ana', { text: 'my words' })
    await store.buryTurn({
      turnId: turn.id,
      session: undefined,
      faultSession: false,
      error: 'boom',
      apology: { text: 'Sorry.' },
      handoff: { id: 'h', reason: 'r', summary: 's', data: { text: 'my words' } },
    })
    await store.redrive(turn.inboxIds[0]!, 'op')
    const again = (await nextTurn(store, turn.contact.id))!
    await commit(store, again, { messages: [{ text: 'fine' }] })
    expect(await yearsAfter(again.conversation.id)).toEqual([])
    expect(JSON.stringify(await store.handoffs())).not.toContain('my words')
  })
})
