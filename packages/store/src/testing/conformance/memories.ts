import type { Store } from '@copse/contracts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { beginTurn, commit, session } from '../turns.ts'
import type { OpenedStore, OpenStore } from './open-store.ts'

export function memories(open: OpenStore): void {
  describe('what is remembered of a contact', () => {
    let opened: OpenedStore
    let store: Store
    beforeEach(async () => {
      opened = await open({})
      store = opened.store
    })
    afterEach(() => opened.remove())

    test('is there in their next turns, in no one else’s, and is replaced and forgotten by its key', async () => {
      const first = await beginTurn(store, 'ana')
      expect(first.contact).not.toHaveProperty('memory')
      await commit(store, first, {
        session: session('s1'),
        memories: [
          { key: 'shop', value: 'TechMart' },
          { key: 'sizes', value: [38, 39] },
        ],
      })
      const second = await beginTurn(store, 'ana')
      expect(second.contact.memory).toEqual({ shop: 'TechMart', sizes: [38, 39] })
      await commit(store, second, {
        memories: [
          { key: 'shop', value: 'SportZone' },
          { key: 'sizes', value: null },
        ],
      })
      expect((await beginTurn(store, 'ana')).contact.memory).toEqual({ shop: 'SportZone' })
      expect((await beginTurn(store, 'ben')).contact).not.toHaveProperty('memory')
    })

    test('is gone with a contact who is forgotten', async () => {
      const turn = await beginTurn(store, 'ana')
      await commit(store, turn, { memories: [{ key: 'shop', value: 'TechMart' }] })
      expect(await store.forget(turn.contact.id)).toMatchObject({ cleared: { memories: 1 } })
      expect((await beginTurn(store, 'ana')).contact).not.toHaveProperty('memory')
    })
  })
}
