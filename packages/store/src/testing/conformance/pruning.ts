import type { Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { defaultRetention } from '../../care/prune.ts'
import { beginTurn, commit, session } from '../turns.ts'
import { eachWith, type OpenStore } from './open-store.ts'

const day = 24 * 60 * 60 * 1000

export function pruning(open: OpenStore): void {
  describe('pruning', () => {
    let store: Store
    let now: number
    beforeEach(() => void (now = 1_000 * day))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    const ended = async (id: string): Promise<void> => {
      const turn = await beginTurn(store, `contact of ${id}`)
      await commit(store, turn, { session: session(id, { status: 'completed' }), messages: [{ text: 'bye' }] })
      await store.delivered(turn.conversation.id, 1_000_000)
    }

    test('takes each class of data when its time is over, and not before', async () => {
      await ended('old')
      now += 31 * day
      const prune = () => store.prune(defaultRetention, now)
      expect((await prune()).deleted).toEqual({ dedupe: 1, snapshots: 1 })
      expect((await store.session('old'))?.snapshot).toBeNull()
      expect(await store.messages({ sessionId: 'old' })).toHaveLength(2)
      now += 60 * day
      expect((await prune()).deleted).toMatchObject({ inbox: 1, messages: 2, outbox: 1, traces: 1 })
      expect(await store.messages({ sessionId: 'old' })).toEqual([])
      expect((await prune()).deleted).toEqual({})
      expect(await store.verify()).toEqual({ ok: true, problems: [] })
    })

    test('keeps all of a session that goes on, and what is not sent yet', async () => {
      await commit(store, await beginTurn(store, 'ana'), { session: session('waits'), messages: [{ text: 'and?' }] })
      await commit(store, await beginTurn(store, 'bea'), { messages: [{ text: 'unsent' }] })
      now += 400 * day
      expect((await store.prune(defaultRetention, now)).deleted).toEqual({ dedupe: 2 })
    })

    test('reaches everything in batches', async () => {
      await Promise.all(Array.from({ length: 60 }, (_, n) => ended(`s${n}`)))
      now += 100 * day
      expect((await store.prune(defaultRetention, now)).deleted).toMatchObject({
        snapshots: 60,
        dedupe: 60,
        inbox: 60,
      })
    })

    test('refuses to forget message ids that may still be repeated', async () => {
      await expect(store.prune({ ...defaultRetention, dedupeDays: 7 }, now)).rejects.toMatchObject({
        code: 'config_invalid',
      })
    })
  })
}
