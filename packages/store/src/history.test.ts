import type { InboundEvent } from '@copse/contracts'
import { expect, test } from 'vitest'
import { openTemporaryStore } from './testing.ts'
import { beginTurn, commit, nextTurn } from './testing/turns.ts'

const HANDLED = 4_000

test('what a contact said long ago costs the next turn nothing', async () => {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const old = await beginTurn(store, 'old')
  await commit(store, old)
  const fresh = await beginTurn(store, 'new')
  await commit(store, fresh)
  const said = Array.from({ length: HANDLED }, (_, at): InboundEvent => {
    return { channel: 'web', messageId: `old ${at}`, contact: { alias: 'old' }, kind: 'text', text: 'hi' }
  })
  await store.append(said)
  const bursts = ['web']
  for (let at = 0; at < HANDLED / 20; at++) {
    const turn = await store.beginTurn({ contactId: old.contact.id, id: `b${at}`, now: at, seed: 's', bursts })
    await commit(store, turn!)
  }

  const spent = async (contactId: string): Promise<number> => {
    const found = []
    for (let round = 0; round < 20; round++) {
      const start = performance.now()
      expect(await nextTurn(store, contactId)).toBeUndefined()
      found.push(performance.now() - start)
    }
    return Math.min(...found)
  }
  expect((await spent(old.contact.id)) / (await spent(fresh.contact.id))).toBeLessThan(4)
  await temporary.remove()
})
