import type { Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'

export function backlog(open: OpenStore): void {
  describe('backlog', () => {
    let store: Store
    let now: number
    beforeEach(() => void (now = 1_000))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    const hear = (messageId: string) =>
      store.append([{ channel: 'sms', messageId, contact: { alias: messageId }, kind: 'text', text: 'hi' }])

    test('a store that has nothing to do says so', async () => {
      expect(await store.backlog(now)).toEqual({ unsent: [], lateTimers: 0 })
    })

    test('the oldest message is the one that nobody handled yet', async () => {
      const [first] = await hear('m1')
      now = 2_000
      await hear('m2')
      expect(await store.backlog(now)).toMatchObject({ oldestMessageAt: 1_000 })
      const begun = await store.beginTurn({ contactId: first!.contactId, id: 't1', now, seed: 's' })
      expect(begun?.receivedAt).toBe(1_000)
      const result = { messages: [{ text: 'hello' }], trace: [], handoffs: [], usage: [] }
      await store.commitTurn({ turnId: 't1', session: undefined, result, entries: [] })
      expect(await store.backlog(now)).toMatchObject({
        oldestMessageAt: 2_000,
        unsent: [{ channel: 'sms', messages: 1, oldestAt: 2_000 }],
      })
    })

    test('a timer is late when it is due and did not fire', async () => {
      await store.changeTimers({ channel: 'sms', alias: 'ana' }, [
        { set: { key: 'a', when: { at: 1_500 } } },
        { set: { key: 'b', when: { at: 9_000 } } },
      ])
      expect(await store.backlog(1_500)).toMatchObject({ lateTimers: 0 })
      expect(await store.backlog(1_501)).toMatchObject({ lateTimers: 1, firstTimerDueAt: 1_500 })
      await store.fireTimers(1_501, 10)
      expect(await store.backlog(1_501)).toMatchObject({ lateTimers: 0 })
    })
  })
}
