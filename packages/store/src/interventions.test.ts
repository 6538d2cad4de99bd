import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTemporaryStore } from './testing.ts'
import { beginTurn, commit } from './testing/turns.ts'

test('every decision by hand is written down with who decided it and on what, and no words of the customer', async () => {
  const temporary = await openTemporaryStore({ clock: { now: () => 7 } })
  const { store, folder } = temporary
  await commit(store, await beginTurn(store, 'ana', { channel: 'sms', text: 'secret' }), { messages: [{ text: 'a1' }] })
  const { conversationId } = (await store.contact('sms', 'ana'))!
  await store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asked' })
  const { seq } = await store.say({ conversationId, message: { text: 'private words' }, who: 'eva', key: 'k1' })
  await store.claimSends({ channels: ['sms'], now: 7, limit: 1 })
  await store.settleSend(seq, { state: 'dead', error: 'gone' })
  await store.redriveSend(seq, 'ivo')

  const reader = new Database(join(folder, 'copse.db'), { readonly: true })
  const rows = reader.prepare('SELECT at, who, what, subject, detail FROM interventions ORDER BY seq').all()
  reader.close()
  await temporary.remove()
  expect(rows).toMatchObject([
    { at: 7, who: 'eva', what: 'owner', subject: conversationId, detail: expect.stringContaining('asked') as string },
    { who: 'eva', what: 'say', subject: conversationId },
    { who: 'ivo', what: 'redrive_send', subject: String(seq) },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/secret|private/)
})
