import type { Store } from '@copse/contracts'
import { describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, commit } from '../turns.ts'

export function outbox(open: OpenStore): void {
  describe('outbox', () => {
    let store: Store
    eachWith(open, (fresh) => (store = fresh), { now: () => 1000 })

    const say = async (alias: string, ...texts: string[]) =>
      commit(store, await beginTurn(store, alias, { channel: 'sms' }), { messages: texts.map((text) => ({ text })) })
    const claim = async (now = 1000) => store.claimSends({ channels: ['sms'], now, limit: 10 })
    const texts = async (now = 1000) => (await claim(now)).sends.map((send) => send.message.text)

    test('a message waits until the one before it in its conversation is delivered or dead', async () => {
      await say('ana', 'a1', 'a2', 'a3')
      await say('bea', 'b1')
      const { sends } = await claim()
      expect(sends).toMatchObject([
        { alias: 'ana', message: { text: 'a1' }, attempt: 1 },
        { alias: 'bea', message: { text: 'b1' }, attempt: 1 },
      ])
      expect(await texts()).toEqual([])
      await store.settleSend(sends[0]!.seq, { state: 'delivered', providerId: 'p1' })
      const [second] = (await claim()).sends
      expect(second).toMatchObject({ message: { text: 'a2' } })
      await store.settleSend(second!.seq, { state: 'dead', error: 'gone' })
      expect(await texts()).toEqual(['a3'])
      expect(await store.counts()).toMatchObject({ unsentMessages: 2, deadSends: 1 })
    })

    test('a retry is due at its time, and holds up its conversation until then', async () => {
      await say('ana', 'a1', 'a2')
      const [first] = (await claim()).sends
      await store.settleSend(first!.seq, { state: 'retry', at: 3000, error: 'busy' })
      expect(await claim(2999)).toEqual({ sends: [], withheld: {}, nextAt: 3000 })
      expect((await claim(3000)).sends).toMatchObject([{ message: { text: 'a1' }, attempt: 2 }])
    })

    test('a try that its message is not to blame for is none of its tries', async () => {
      await say('ana', 'a1')
      for (let times = 0; times < 3; times++) {
        const [send] = (await claim()).sends
        expect(send).toMatchObject({ message: { text: 'a1' }, attempt: 1 })
        await store.settleSend(send!.seq, { state: 'retry', at: 1000, error: 'down', excused: true })
      }
    })

    test('only the channels asked for are claimed', async () => {
      await say('ana', 'a1')
      expect((await store.claimSends({ channels: ['web'], now: 1000, limit: 10 })).sends).toEqual([])
    })

    test('reading a conversation delivers it as far as it was read', async () => {
      const { reply } = await say('ana', 'a1', 'a2')
      await store.delivered(reply.conversationId, reply.throughSeq - 1)
      expect((await store.counts()).unsentMessages).toBe(1)
      await store.delivered(reply.conversationId, reply.throughSeq)
      expect((await store.counts()).unsentMessages).toBe(0)
    })
  })
}
