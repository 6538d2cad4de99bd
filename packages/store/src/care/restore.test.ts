import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BegunTurn, EffectIntent, Store } from '@copse/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, restore, verifyFolder } from '../index.ts'
import { beginTurn, commit, nextTurn, session } from '../testing/turns.ts'

const hour = 60 * 60 * 1000
let root: string
let now: number
const clock = { now: () => now }
beforeEach(() => {
  now = 1_000 * hour
  root = mkdtempSync(join(tmpdir(), 'copse-restore-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const at = (name: string): string => join(root, name)
const open = (folder = 'data'): Promise<Store> => openStore({ folder: at(folder), clock })
const intent = (turn: BegunTurn, key: string, more: Partial<EffectIntent> = {}): EffectIntent => ({
  turnId: turn.id,
  key,
  node: 'refund/pay',
  visit: 1,
  name: 'refund',
  args: {},
  argsHash: 'a1',
  policy: 'at-most-once',
  ...more,
})

/** A backup of an open session, of which more happened afterwards; then it is restored. */
async function restored(before: (store: Store) => Promise<void> = async () => {}, nothingLost = false): Promise<Store> {
  const store = await open()
  await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
  await before(store)
  await store.backup(at('copy.db'))
  await store.close()
  now += hour
  await restore({ from: at('copy.db'), folder: at('data'), replace: true, nothingLost, clock })
  now += 1
  return open()
}

describe('a restore', () => {
  test('brings back what the backup holds, and counts', async () => {
    const store = await restored()
    expect(await store.session('s1')).toMatchObject({ id: 's1', status: 'waiting' })
    await store.close()
    const again = await restore({ from: at('copy.db'), folder: at('elsewhere'), clock })
    expect(again).toMatchObject({ generation: 1, folder: at('elsewhere') })
    expect(await verifyFolder(at('elsewhere'))).toEqual({ ok: true, problems: [] })
  })

  test('refuses a folder with data, and with a word for it keeps the old data beside', async () => {
    await (await open()).close()
    const store = await open('other')
    await store.backup(at('copy.db'))
    await store.close()
    const options = { from: at('copy.db'), folder: at('data'), clock }
    await expect(restore(options)).rejects.toMatchObject({ code: 'data_present' })
    const { replaced } = await restore({ ...options, replace: true })
    expect(readdirSync(replaced!)).toContain('copse.db')
  })

  test('brings nobody back who was forgotten since, as far as what was there can say', async () => {
    const store = await open()
    const turn = await beginTurn(store, 'ana', { text: 'I live in Elm Street' })
    await commit(store, turn, { session: session('s1') })
    await commit(store, await beginTurn(store, 'bea', { text: 'and I in Oak Street' }))
    await store.backup(at('copy.db'))
    await store.forget(turn.contact.id)
    await store.close()
    const options = { from: at('copy.db'), folder: at('data'), replace: true, clock }
    expect(await restore(options)).toMatchObject({ forgotten: [turn.contact.id] })
    expect(readdirSync(at('data')).filter((name) => name.startsWith('copse.db'))).toEqual(['copse.db'])
    const words = readFileSync(at('data/copse.db'), 'latin1')
    expect([words.includes('Elm Street'), words.includes('Oak Street')]).toEqual([false, true])
    expect(await verifyFolder(at('data'))).toEqual({ ok: true, problems: [] })
    writeFileSync(at('data/copse.db'), 'damaged')
    now += 1
    expect(await restore(options)).not.toHaveProperty('forgotten')
    expect(await restore({ ...options, folder: at('empty') })).not.toHaveProperty('forgotten')
  })

  test('refuses a folder in use, whatever is said', async () => {
    const store = await open()
    await store.backup(at('copy.db'))
    await expect(restore({ from: at('copy.db'), folder: at('data'), replace: true })).rejects.toMatchObject({
      code: 'data_locked',
    })
    await store.close()
  })

  test('refuses what is not a backup, and touches nothing', async () => {
    writeFileSync(at('copy.db'), 'not a database')
    await expect(restore({ from: at('copy.db'), folder: at('data') })).rejects.toMatchObject({ code: 'data_damaged' })
    expect(existsSync(at('data'))).toBe(false)
  })
})

describe('what may have happened after the backup', () => {
  const begin = async (store: Store, alias: string, key: string, more: Partial<EffectIntent> = {}) =>
    (await store.beginEffect(intent(await beginTurn(store, alias), key, more), [])).state

  test('an at-most-once write of an older session is asked about, not repeated; a retry by hand then runs', async () => {
    const store = await restored()
    const turn = await beginTurn(store, 'ana')
    expect(await store.beginEffect(intent(turn, 'k1'), [])).toEqual({ state: 'unsettled' })
    const entry = { seq: 9, kind: 'outcome', key: 'k1', name: 'refund', argsHash: 'a1' } as const
    await store.settleEffect(turn.id, { ...entry, outcome: { status: 'uncertain', code: 'interrupted', reason: '' } })
    await store.resolveEffect('k1', { verdict: 'retry' }, 'op', 'looked')
    expect(await store.beginEffect(intent(turn, 'k1'), [])).toEqual({ state: 'begun' })
    await store.close()
  })

  test('also when the backup knows of a try that failed', async () => {
    const store = await restored(async (before) => {
      const turn = await beginTurn(before, 'ana')
      await before.beginEffect(intent(turn, 'k1'), [])
      const entry = { seq: 9, kind: 'outcome', key: 'k1', name: 'refund', argsHash: 'a1' } as const
      await before.settleEffect(turn.id, { ...entry, outcome: { status: 'unavailable', code: 'x', reason: '' } })
      await commit(before, turn, { session: session('s1') })
    })
    expect(await begin(store, 'ana', 'k1')).toBe('unsettled')
    await store.close()
  })

  test('an idempotent write of an older session is repeated under its key: the outside knows it', async () => {
    const store = await restored()
    expect(await begin(store, 'ana', 'k1', { policy: 'idempotent', naturalKey: 'O1' })).toBe('begun')
    await store.close()
  })

  test('a new session does nothing to a thing the backup does not know, for a day', async () => {
    const store = await restored()
    expect(await begin(store, 'bea', 'k1', { naturalKey: 'O1' })).toBe('unsettled')
    expect(await begin(store, 'cai', 'k2', { policy: 'idempotent', naturalKey: 'O2' })).toBe('blocked')
    expect(await store.effects({ state: 'uncertain' })).toMatchObject([{ key: 'k2' }])
    expect(await begin(store, 'dan', 'k3')).toBe('begun')
    now += 25 * hour
    expect(await begin(store, 'eva', 'k4', { naturalKey: 'O4' })).toBe('begun')
    await store.close()
  })

  test.each(['failed', 'retry'] as const)(
    'what a person says of a thing (%s) counts for whoever asks next',
    async (verdict) => {
      const store = await restored()
      expect(await begin(store, 'bea', 'k1', { policy: 'idempotent', naturalKey: 'O1' })).toBe('blocked')
      await store.resolveEffect('k1', { verdict }, 'op', 'looked')
      expect(await begin(store, 'cai', 'k2', { policy: 'idempotent', naturalKey: 'O1' })).toBe('begun')
      expect(await begin(store, 'dan', 'k3', { policy: 'idempotent', naturalKey: 'O2' })).toBe('blocked')
      await store.close()
    },
  )

  test('a try of ours that failed says nothing of what the backup does not know', async () => {
    const store = await restored()
    const turn = await beginTurn(store, 'bea')
    await store.beginEffect(intent(turn, 'k1', { naturalKey: 'O1' }), [])
    const entry = { seq: 9, kind: 'outcome', key: 'k1', name: 'refund', argsHash: 'a1' } as const
    await store.settleEffect(turn.id, { ...entry, outcome: { status: 'unavailable', code: 'x', reason: '' } })
    expect(await begin(store, 'cai', 'k2', { naturalKey: 'O1' })).toBe('unsettled')
    await store.close()
  })

  test('messages to handle, replies to send and timers that came due are shown, not repeated', async () => {
    const store = await restored(async (before) => {
      await commit(before, await beginTurn(before, 'bea'), { messages: [{ text: 'unsent' }] })
      const timed = await beginTurn(before, 'cai')
      await commit(before, timed, { timers: [{ set: { key: 'once', when: { at: now + 1 } } }] })
      await beginTurn(before, 'dan')
      const event = { channel: 'web', messageId: 'unbegun', contact: { alias: 'eva' }, kind: 'text' } as const
      await before.append([event])
    })
    expect(await store.pending()).toEqual([])
    expect(await store.counts()).toMatchObject({ deadMessages: 2, deadSends: 1 })
    expect(await store.timers()).toMatchObject([{ key: 'once', state: 'skipped' }])
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
    const [dead] = await store.deadLetters()
    const { contactId } = await store.redrive(dead!.inboxId, 'op')
    expect(await nextTurn(store, contactId)).toBeDefined()
    await store.close()
  })

  test('a timer whose zone this system knows no longer keeps no copy from coming back', async () => {
    const store = await open()
    const when = { schedule: { daily: '12:00' }, zone: 'Europe/Berlin' } as const
    await store.changeTimers({ channel: 'web', alias: 'ana' }, [{ set: { key: 'daily', when } }])
    await store.backup(at('copy.db'))
    await store.close()
    const copy = new Database(at('copy.db'))
    copy.exec(`UPDATE timers SET zone = 'Mars/Olympus'`)
    copy.close()
    now += 48 * hour
    await restore({ from: at('copy.db'), folder: at('data'), replace: true, clock })
    const back = await open()
    expect(await back.timers()).toMatchObject([{ key: 'daily', state: 'waiting' }])
    await back.close()
  })

  test('who waited for a timer that was set aside is named, until they write or begin anew a day later', async () => {
    const wait = (key: string, sessionId: string, data = {}) => ({
      session: session(sessionId),
      timers: [{ set: { key, sessionId, when: { at: now + 1 }, data } }],
    })
    const store = await open()
    for (const [alias, id] of [
      ['ana', 's1'],
      ['bea', 's2'],
    ] as const)
      await commit(store, await beginTurn(store, alias), wait(`session:${id}`, id))
    await store.backup(at('copy.db'))
    await store.close()
    now += hour
    const report = await restore({ from: at('copy.db'), folder: at('data'), replace: true, clock })
    expect(report.setAside).toMatchObject({ timers: 2, resting: ['s1', 's2'] })
    const back = await open()
    now += hour
    expect(await back.resting()).toEqual(['s1', 's2'])
    await commit(back, await beginTurn(back, 'ana'), { session: session('s1') })
    expect(await back.resting()).toEqual(['s2'])
    now += 24 * hour
    expect(await back.resting()).toEqual([])
    await back.close()
  })

  test('what waits for silence waits anew: an idle session ends, and who was left by a person is answered again', async () => {
    const returnAfterMs = hour
    const store = await open()
    const turn = await beginTurn(store, 'ana')
    const idle = { key: 'session:s1', sessionId: 's1', when: { at: now + 1 }, data: { idle: true, revision: 1 } }
    await commit(store, turn, { session: session('s1'), timers: [{ set: idle }] })
    await store.setOwner({ conversationId: turn.conversation.id, owner: 'human', who: 'op', reason: '', returnAfterMs })
    await store.backup(at('copy.db'))
    await store.close()
    now += 48 * hour
    expect((await restore({ from: at('copy.db'), folder: at('data'), replace: true, clock })).setAside).toMatchObject({
      timers: 0,
      resting: [],
    })
    const back = await open()
    expect(await back.timers()).toMatchObject([
      { key: `$return:${turn.conversation.id}`, state: 'waiting', dueAt: now + hour },
      { key: 'session:s1', state: 'waiting', dueAt: now + 24 * hour },
    ])
    now += 25 * hour
    expect((await back.fireTimers(now, 9)).events).toHaveLength(2)
    await back.close()
  })

  test('a restore by a clock a month ahead doubts nothing for a month, once the clock is set right', async () => {
    now += 720 * hour
    const store = await restored()
    now -= 720 * hour
    await store.fireTimers(now, 1)
    now += 1
    await commit(store, await beginTurn(store, 'bea'), { session: session('s2') })
    expect(await begin(store, 'bea', 'k1')).toBe('begun')
    expect(await begin(store, 'ana', 'k2')).toBe('unsettled')
    now += 25 * hour
    expect(await begin(store, 'cai', 'k3', { naturalKey: 'O1' })).toBe('begun')
    await store.close()
  })

  test('nothing is in doubt when nothing was lost', async () => {
    const store = await restored(async (before) => void (await beginTurn(before, 'dan')), true)
    expect(await store.pending()).toHaveLength(1)
    expect(await begin(store, 'ana', 'k1')).toBe('begun')
    await store.close()
  })
})

test('what a restore put aside can be restored with all that was in its log', async () => {
  const store = await open()
  await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
  // As a kill leaves it: a file and its log.
  mkdirSync(at('killed'))
  for (const name of ['copse.db', 'copse.db-wal']) copyFileSync(at(`data/${name}`), at(`killed/${name}`))
  await store.close()
  const empty = await open('empty')
  await empty.backup(at('older.db'))
  await empty.close()
  const { replaced } = await restore({ from: at('older.db'), folder: at('killed'), replace: true, clock })
  now += 1
  await restore({
    from: join(replaced!, 'copse.db'),
    folder: at('killed'),
    replace: true,
    nothingLost: true,
    clock,
  })
  const back = await open('killed')
  expect(await back.session('s1')).toMatchObject({ id: 's1' })
  await back.close()
})

test('a notice that waited in the backup is not sent again: a person was told, or looks at the case anyway', async () => {
  const store = await restored(async (before) => {
    const turn = await beginTurn(before, 'bea')
    await before.commitTurn({
      turnId: turn.id,
      session: undefined,
      result: { messages: [], trace: [], usage: [], handoffs: [{ id: 'h', reason: 'r', summary: 's', data: {} }] },
      entries: [],
      rules: { notify: true, nobodyAt: (from) => from + 24 * hour, returnAfterMs: 1 },
    })
  })
  expect((await store.claimNotices({ now, limit: 9 })).notices).toEqual([])
  expect(await store.counts()).toMatchObject({ unsentNotices: 0, deadNotices: 1 })
  await store.close()
})
