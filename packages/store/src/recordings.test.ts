import { join } from 'node:path'
import { digest } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRecordings } from './recordings.ts'
import { openTemporaryStore, type TemporaryStore } from './testing.ts'
import { beginTurn, bury, commit, session } from './testing/turns.ts'

let temporary: TemporaryStore
beforeEach(async () => {
  temporary = await openTemporaryStore()
})
afterEach(() => temporary.remove())

test('all that a contact said can be read while the process that holds the folder goes on writing', async () => {
  const { store, folder } = temporary
  await store.saveTree('h1', { root: 1 })
  const first = await beginTurn(store, 'ana', { text: 'a refund' })
  const entry = { seq: 1, kind: 'outcome' as const, key: 'k', name: 'look', argsHash: digest({}) }
  await store.commitTurn({
    turnId: first.id,
    session: undefined,
    result: {
      session: session('s1'),
      messages: [{ text: 'Which order?' }],
      trace: [{ kind: 'reply' }],
      handoffs: [],
      usage: [],
    },
    entries: [{ ...entry, outcome: { status: 'ok', data: { found: true } } }],
  })
  const reader = openRecordings(folder)
  await bury(store, await beginTurn(store, 'ana'), true)
  await commit(store, await beginTurn(store, 'ben'), { session: session('s2') })

  expect(await reader.recorded(10)).toEqual(['s2', 's1'])
  const recording = (await reader.recording('s1'))!
  expect(recording).toMatchObject({ isCut: false, isForgotten: false, trees: { h1: { root: 1 } } })
  expect(recording.sessions.map(({ id, status }) => [id, status])).toEqual([['s1', 'faulted']])
  expect(recording.turns).toMatchObject([
    {
      id: first.id,
      seed: first.seed,
      state: 'committed',
      status: 'waiting',
      sessionId: 's1',
      events: [{ text: 'a refund' }],
      trace: [{ kind: 'reply' }],
      outcomes: [{ key: 'k', name: 'look', outcome: { status: 'ok' } }],
      messages: [{ text: 'Which order?' }],
    },
    { state: 'dead', error: 'boom', status: 'faulted' },
  ])
  expect(await store.recording('s1')).toEqual(recording)
  expect(await reader.recording('nobody')).toBeUndefined()
  reader.close()
})

test('what a contact who was forgotten said is gone from the recording too', async () => {
  const { store } = temporary
  const turn = await beginTurn(store, 'ana', { text: 'secret' })
  await commit(store, turn, { session: session('s1') })
  await store.forget(turn.contact.id)
  const recording = await store.recording('s1')
  expect(recording).toMatchObject({ isForgotten: true })
  expect(JSON.stringify(recording)).not.toContain('secret')
})

test('a folder without a database is refused by name', () => {
  const nowhere = join(temporary.folder, 'nowhere')
  expect(() => openRecordings(nowhere)).toThrow(`There is no copse.db in ${nowhere}.`)
})
