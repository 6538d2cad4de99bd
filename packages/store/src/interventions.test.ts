import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTemporaryStore } from './testing.ts'
import { beginTurn, bury, commit, nextTurn, session } from './testing/turns.ts'

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

test('a session tells what was done by hand to it, in order, and to its conversation until the next one began', async () => {
  let now = 10
  const temporary = await openTemporaryStore({ clock: { now: () => now } })
  const { store } = temporary
  const first = await beginTurn(store, 'ana', { channel: 'sms' })
  const conversationId = first.conversation.id
  const intent = {
    key: 'k1',
    node: 'n',
    visit: 1,
    name: 'pay',
    args: {},
    argsHash: 'a',
    policy: 'at-most-once' as const,
  }
  await store.beginEffect({ ...intent, turnId: first.id }, [])
  await commit(store, first, { session: session('s1'), messages: [{ text: 'a1' }] })
  now = 20
  await store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asked' })
  await store.say({ conversationId, message: { text: 'I am Eva.' }, who: 'eva', key: 'key 1' })
  await store.setOwner({ conversationId, owner: 'bot', who: 'eva', reason: 'done' })
  await store.resolveEffect('k1', { verdict: 'failed' }, 'ivo', 'not in the ledger')
  const poison = await beginTurn(store, 'ana', { channel: 'sms' })
  await bury(store, poison)
  now = 30
  await store.redrive(poison.inboxIds[0]!, 'ivo')
  const again = (await nextTurn(store, first.contact.id))!
  await commit(store, again, { session: session('s1', { status: 'completed' }) })
  now = 40
  await commit(store, await beginTurn(store, 'ana', { channel: 'sms' }), { session: session('s2') })
  now = 50
  await store.setOwner({ conversationId, owner: 'human', who: 'ivo', reason: 'later' })

  const told = await store.interventions('s1')
  expect(told).toMatchObject([
    {
      at: 20,
      who: 'eva',
      what: 'owner',
      subject: conversationId,
      detail: { owner: 'human', reason: 'asked', dropped: 1 },
    },
    { who: 'eva', what: 'say', detail: { text: 'I am Eva.' } },
    { who: 'eva', what: 'owner', detail: { owner: 'bot', reason: 'done' } },
    { who: 'ivo', what: 'resolve', subject: 'k1', detail: { verdict: 'failed', reason: 'not in the ledger' } },
    { at: 30, who: 'ivo', what: 'redrive', subject: poison.id },
  ])
  expect(told).toHaveLength(5)
  expect(await store.interventions('s2')).toMatchObject([{ at: 50, who: 'ivo', what: 'owner' }])
  expect(await store.interventions('nobody')).toEqual([])
  expect(await store.interventionsFor(first.contact.id)).toEqual([...told, ...(await store.interventions('s2'))])
  expect(await store.interventionsFor('nobody')).toEqual([])
  await temporary.remove()
})
