import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EffectIntent, Store } from '@copse/contracts'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTemporaryStore, type TemporaryStore } from '../testing.ts'
import { verifyCopy } from './offline.ts'
import { beginTurn, bury, commit, session } from '../testing/turns.ts'
import { defaultRetention } from './prune.ts'

const day = 24 * 60 * 60 * 1000
let temporary: TemporaryStore
let store: Store
let now: number
beforeEach(async () => {
  now = 1_000 * day
  temporary = await openTemporaryStore({ clock: { now: () => now } })
  store = temporary.store
})
afterEach(() => temporary.remove())

const intent = (turnId: string, key: string, more: Partial<EffectIntent> = {}): EffectIntent => ({
  turnId,
  key,
  node: 'refund/pay',
  visit: 1,
  name: 'refund',
  args: { iban: 'secret-iban' },
  argsHash: 'a1',
  policy: 'at-most-once',
  ...more,
})

const inside = <T>(work: (db: Database.Database) => T): T => {
  const db = new Database(join(temporary.folder, 'copse.db'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** A person with something in every table. */
async function fill(): Promise<string> {
  const contact = { alias: '+351secret', alsoKnownAs: ['secret-user'], name: 'Ana Secret' }
  const turn = await beginTurn(store, '+351secret', { messageId: 'wamid.secret', contact, text: 'my secret is 42' })
  await store.beginEffect(intent(turn.id, 'k1', { naturalKey: 'secret-order' }), [
    { seq: 1, kind: 'intent', key: 'k1', name: 'refund', argsHash: 'a1' },
  ])
  await store.settleEffect(turn.id, {
    seq: 2,
    kind: 'outcome',
    key: 'k1',
    name: 'refund',
    argsHash: 'a1',
    outcome: { status: 'ok', data: { to: 'secret-iban' } },
  })
  await commit(store, turn, {
    session: session('s1', { snapshot: { told: 'secret snapshot' } }),
    conversation: { last: 'secret data' },
    customerId: 'secret-customer',
    messages: [{ text: 'Thank you, secret Ana' }],
    trace: [{ said: 'secret trace' }],
    handoffs: [{ id: 'h1', reason: 'r', summary: 'secret summary', data: { x: 'secret' } }],
    timers: [{ set: { key: 'remind', sessionId: 's1', when: { at: now + day }, data: { about: 'secret' } } }],
  })
  inside((db) => {
    db.prepare('INSERT INTO memories VALUES (?, ?, ?, NULL, 1)').run(turn.contact.id, 'likes', '"secret"')
    db.prepare(
      `INSERT INTO notices (key, handoff_id, content, state, due_at) VALUES ('n1', 'h1', 'secret', 'pending', 1)`,
    ).run()
  })
  return turn.contact.id
}

const bytesHold = (text: string): string[] =>
  readdirSync(temporary.folder).filter((file) => readFileSync(join(temporary.folder, file)).includes(text))

describe('a backup', () => {
  test('is one whole file with all that was committed before, and says what it is', async () => {
    await fill()
    const to = join(temporary.folder, 'copy.db')
    const report = await store.backup(to)
    const bytes = readFileSync(to)
    expect(report).toMatchObject({
      path: to,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      takenAt: now,
    })
    expect(readdirSync(temporary.folder).filter((file) => file.startsWith('copy'))).toEqual(['copy.db'])
    const copy = new Database(to, { readonly: true })
    expect(copy.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(2)
    copy.close()
  })

  test('never takes the place of another one', async () => {
    const to = join(temporary.folder, 'copy.db')
    const { sha256 } = await store.backup(to)
    await fill()
    await expect(store.backup(to)).rejects.toMatchObject({ code: 'already_exists', detail: to })
    expect(createHash('sha256').update(readFileSync(to)).digest('hex')).toBe(sha256)
  })

  const grow = (pages: number): void =>
    inside((db) => {
      db.exec('CREATE TABLE ballast (x)')
      db.exec(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${pages}) INSERT INTO ballast SELECT randomblob(4000) FROM n`,
      )
    })

  test('goes on while messages come in', async () => {
    grow(4_000)
    const copying = store.backup(join(temporary.folder, 'copy.db'))
    const turn = await beginTurn(store, 'bea')
    await commit(store, turn, { session: session('s9') })
    await copying
    expect((await store.session('s9'))?.revision).toBe(1)
    const copy = new Database(join(temporary.folder, 'copy.db'), { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    copy.close()
  })

  test('is made in other threads: this one works no longer on a large file than on a small one', async () => {
    let copies = 0
    const work = async (): Promise<number> => {
      const before = process.threadCpuUsage()
      await store.backup(join(temporary.folder, `copy-${++copies}.db`))
      const { user, system } = process.threadCpuUsage(before)
      return (user + system) / 1_000
    }
    await work()
    const small = await work()
    grow(16_000)
    // Copied here, 64 MB were some 200 ms more.
    expect(await work()).toBeLessThan(small + 100)
  })

  test('that cannot be written is a fault, and leaves nothing behind', async () => {
    const to = join(temporary.folder, 'copy.db')
    const before = readdirSync(temporary.folder)
    await expect(store.backup(join(temporary.folder, 'nowhere', 'copy.db'))).rejects.toMatchObject({
      code: 'data_unwritable',
    })
    expect(readdirSync(temporary.folder)).toEqual(before)
    expect(existsSync(to)).toBe(false)
  })

  test('asked for twice at the same moment under one name is made once, whole, and the other is refused', async () => {
    await fill()
    const to = join(temporary.folder, 'copy.db')
    const made = await Promise.allSettled([1, 2, 3].map(() => store.backup(to)))
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused).toHaveLength(2)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'already_exists', detail: to })
    expect(await verifyCopy(to)).toEqual({ ok: true, problems: [] })
    expect(readdirSync(temporary.folder).filter((name) => name.includes('.partial'))).toEqual([])
  })
})

describe('a check', () => {
  test('finds nothing wrong with what the store wrote', async () => {
    await fill()
    await bury(store, await beginTurn(store, 'bea'))
    await beginTurn(store, 'cai')
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
  })

  test('finds nothing wrong with what people do by hand', async () => {
    const said = await commit(store, await beginTurn(store, 'ana'), { messages: [{ text: 'One moment.' }] })
    const { conversationId } = said.reply
    await store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asked' })
    await store.say({ conversationId, message: { text: 'I am Eva.' }, who: 'eva', key: 'k' })
    await store.applyEchoes([{ channel: 'web', messageId: 'e', alias: 'ana', text: 'Eva once more.' }])
    const buried = await beginTurn(store, 'bea')
    await bury(store, buried)
    await store.redrive(buried.inboxIds[0]!, 'op')
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
  })

  test.each([
    [`UPDATE turns SET reply = NULL`, 'A handled message has its answer'],
    [`UPDATE turns SET state = 'open'`, 'A handled message belongs to a committed turn'],
    [`UPDATE sessions SET revision = 7`, 'A session was not changed more often'],
    [`UPDATE effects SET state = 'intent'`, 'An effect under way belongs to an open turn'],
    [`UPDATE messages SET author = 'customer'`, 'Every message to send is what the business said'],
    [`UPDATE contacts SET forgotten_at = 1`, 'Nothing is left of who was forgotten'],
    [`PRAGMA foreign_keys = OFF; DELETE FROM contacts`, 'refers to nothing'],
  ])('finds what %s broke', async (damage, sentence) => {
    await fill()
    inside((db) => db.exec(damage))
    const { ok, problems } = await store.verify()
    expect(ok).toBe(false)
    expect(problems.join('\n')).toContain(sentence)
  })
})

describe('forgetting a person', () => {
  test('leaves no word of theirs, not even in bytes that are not used any more', async () => {
    const id = await fill()
    await store.append([
      {
        channel: 'web',
        messageId: 'wamid.secret2',
        contact: { alias: '+351secret' },
        kind: 'text',
        text: 'more secret',
      },
    ])
    expect(bytesHold('secret')).not.toEqual([])
    const { contactId, cleared } = await store.forget(id)
    expect(contactId).toBe(id)
    expect(cleared).toMatchObject({ aliases: 2, messages: 2, inbox: 2, timers: 1, memories: 1, notices: 1, effects: 1 })
    expect(bytesHold('secret')).toEqual([])
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
  })

  test('leaves ids and counts, and nothing that goes on', async () => {
    const id = await fill()
    await store.forget(id)
    expect(await store.session('s1')).toMatchObject({ id: 's1', status: 'completed', outcome: 'forgotten' })
    expect(await store.timers()).toEqual([])
    expect(await store.pending()).toEqual([])
    expect((await store.claimSends({ channels: ['web'], now: now + 2 * day, limit: 9 })).sends).toEqual([])
    expect(await store.effects()).toMatchObject([{ key: 'k1', state: 'done', args: null }])
  })

  test('makes them somebody new when they write again, but a repeated message is still known', async () => {
    const id = await fill()
    await store.forget(id)
    const event = { channel: 'web', contact: { alias: '+351secret' }, kind: 'text', text: 'hi' } as const
    const [repeated, fresh] = await store.append([
      { ...event, messageId: 'wamid.secret' },
      { ...event, messageId: 'new' },
    ])
    expect(repeated).toMatchObject({ duplicate: true, contactId: id })
    expect(fresh).toMatchObject({ duplicate: false })
    expect(fresh!.contactId).not.toBe(id)
  })

  test('does not let what was done for them be done again', async () => {
    await store.forget(await fill())
    const turn = await beginTurn(store, '+351secret')
    expect(await store.beginEffect(intent(turn.id, 'k2', { naturalKey: 'secret-order' }), [])).toMatchObject({
      state: 'repeated',
    })
  })
})

describe('pruning', () => {
  const ended = async (id: string): Promise<void> => {
    const turn = await beginTurn(store, `contact of ${id}`)
    await commit(store, turn, { session: session(id, { status: 'completed' }), messages: [{ text: 'bye' }] })
    await store.delivered(turn.conversation.id, 1_000_000)
  }

  test('ends with nothing left of a session but the contact, when the books may be closed', async () => {
    await ended('old')
    await commit(store, await beginTurn(store, 'bea'), { trace: [{ kind: 'empty' }] })
    const handed = await beginTurn(store, 'cai')
    await commit(store, handed, {
      session: session('open', { status: 'escalated' }),
      handoffs: [{ id: 'h1', reason: 'r', summary: 's', data: {} }],
    })
    inside((db) => {
      db.prepare(`INSERT INTO interventions (at, who, what, subject, detail) VALUES (?, 'op', 'x', 'y', 'z')`).run(now)
      db.prepare('INSERT INTO links VALUES (?, ?)').run('used', now)
    })
    now += 731 * day
    const { deleted } = await store.prune(defaultRetention, now)
    expect(deleted).toMatchObject({ sessions: 1, interventions: 1, links: 1 })
    expect(inside((db) => db.prepare('SELECT count(*) FROM turns').pluck().get())).toBe(1)
    expect(await store.session('old')).toBeUndefined()
    expect(await store.session('open')).toMatchObject({ status: 'escalated' })
    expect(await store.verify()).toEqual({ ok: true, problems: [] })
    expect((await store.prune(defaultRetention, now)).deleted).toEqual({})
  })
})
