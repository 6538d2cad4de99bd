import type { Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { beginTurn, commit, nextTurn, session } from '../turns.ts'
import { eachWith, type OpenStore } from './open-store.ts'

const day = 24 * 60 * 60 * 1000

export function forgetting(open: OpenStore): void {
  describe('forgetting a person', () => {
    let store: Store
    let now: number
    beforeEach(() => void (now = 1_000 * day))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    test('leaves no word of a person, and makes them somebody new when they write again', async () => {
      const turn = await beginTurn(store, 'ana', { text: 'my secret' })
      await commit(store, turn, {
        session: session('s1', { snapshot: { told: 'secret' } }),
        messages: [{ text: 'A secret!' }],
      })
      await store.forget(turn.contact.id)
      const left = [await store.session('s1'), await store.messages({ sessionId: 's1' }), await store.trace('s1')]
      expect(left[0]).toMatchObject({ status: 'completed', outcome: 'forgotten' })
      expect(JSON.stringify(left)).not.toContain('secret')
      expect((await beginTurn(store, 'ana')).contact.id).not.toBe(turn.contact.id)
    })

    test('ends the turn that is under way: it cannot be committed', async () => {
      const turn = await beginTurn(store, 'ana')
      await store.forget(turn.contact.id)
      await expect(commit(store, turn)).rejects.toMatchObject({ code: 'internal' })
      expect(await nextTurn(store, turn.contact.id)).toBeUndefined()
      await expect(store.redrive(turn.inboxIds[0]!, 'op')).rejects.toMatchObject({ code: 'not_found' })
    })

    test('is a fault for nobody', async () => {
      await expect(store.forget('nobody')).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
