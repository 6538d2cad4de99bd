import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTemporaryStore, type TemporaryStore } from '../testing.ts'
import { beginTurn, commit, session } from '../testing/turns.ts'
import { defaultRetention } from './prune.ts'

const day = 24 * 60 * 60 * 1000
let temporary: TemporaryStore
let now: number
beforeEach(async () => {
  now = 1_000 * day
  temporary = await openTemporaryStore({ clock: { now: () => now } })
})
afterEach(() => temporary.remove())

const filesWith = (text: string): string[] =>
  readdirSync(temporary.folder).filter((file) => readFileSync(join(temporary.folder, file)).includes(text))

/** A session whose snapshot holds other words after each turn, each time more of them. */
async function tell(alias: string, words: readonly string[]): Promise<string> {
  for (const [at, word] of words.entries()) {
    const turn = await beginTurn(temporary.store, alias, { text: word })
    const snapshot = { told: `${word} `.repeat(20 * (at + 1)) }
    await commit(temporary.store, turn, { session: session(`of ${alias}`, { snapshot }) })
  }
  return (await beginTurn(temporary.store, alias)).contact.id
}

test('what a session held once and does not hold any more is gone from the file too', async () => {
  const id = await tell('ana', ['secret-1', 'secret-2', 'secret-3'])
  await temporary.store.forget(id)
  expect(filesWith('secret-')).toEqual([])
})

test('what was pruned before is gone from the file too', async () => {
  const { store } = temporary
  const turn = await beginTurn(store, 'ana', { text: 'secret-pruned' })
  await commit(store, turn, { session: session('s', { status: 'completed', snapshot: 'secret-pruned '.repeat(900) }) })
  now += 91 * day
  await store.prune(defaultRetention, now)
  await store.forget(turn.contact.id)
  expect(filesWith('secret-pruned')).toEqual([])
})

test('while a backup reads the data it waits for its end, and customers do not', async () => {
  const { store } = temporary
  const id = await tell('ana', ['secret-read'])
  const reader = new Database(join(temporary.folder, 'copse.db'), { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM messages;')
  const forgotten = store.forget(id)
  const begun = performance.now()
  await beginTurn(store, 'bea')
  expect(performance.now() - begun).toBeLessThan(1_000)
  setTimeout(() => reader.close(), 300)
  await forgotten
  expect(filesWith('secret-read')).toEqual([])
})

test('two persons at once are both gone', async () => {
  const [ana, bea] = [await tell('ana', ['secret-a']), await tell('bea', ['secret-b'])]
  await Promise.all([temporary.store.forget(ana), temporary.store.forget(bea)])
  expect(filesWith('secret-')).toEqual([])
})

test('during a turn: of what it still does nothing is written down, and nothing more is begun', async () => {
  const { store } = temporary
  const turn = await beginTurn(store, 'ana')
  const pay = { turnId: turn.id, node: 'refund/pay', visit: 1, name: 'refund', policy: 'at-most-once' } as const
  const entry = (seq: number, key: string) => ({ seq, key, name: 'refund', argsHash: 'a' })
  const first = { ...pay, key: 'k1', args: { iban: 'secret-args' }, argsHash: 'a' }
  await store.beginEffect(first, [{ ...entry(1, 'k1'), kind: 'intent' }])
  await store.forget(turn.contact.id)
  const over = { code: 'internal', detail: expect.stringContaining('is not open') as string }
  const outcome = { status: 'ok', data: { to: 'secret-outcome' } } as const
  await expect(store.settleEffect(turn.id, { ...entry(2, 'k1'), kind: 'outcome', outcome })).rejects.toMatchObject(over)
  await expect(store.beginEffect({ ...first, key: 'k2' }, [])).rejects.toMatchObject(over)
  expect(filesWith('secret-')).toEqual([])
  expect(await store.verify()).toEqual({ ok: true, problems: [] })
})

test('an echo that comes again brings nothing of them back', async () => {
  const { store } = temporary
  const echo = { channel: 'web', messageId: 'wamid.secret-id', alias: '+351secret-number', text: 'hello' }
  await store.applyEchoes([echo])
  await store.forget((await store.contact('web', echo.alias))!.id)
  await store.applyEchoes([echo])
  expect(await store.contact('web', echo.alias)).toBeUndefined()
  expect(filesWith('secret-')).toEqual([])
})
