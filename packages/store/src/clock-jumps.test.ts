import type { Store } from '@copse/contracts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from './open.ts'
import { openTemporaryStore, type TemporaryStore } from './testing.ts'
import { beginTurn, commit, session } from './testing/turns.ts'

// What timers do is in testing/conformance/timers.ts.

const dayMs = 24 * 60 * 60 * 1000
const channel = 'sms'
let now: number
let temporary: TemporaryStore
let store: Store
beforeEach(async () => {
  now = Date.UTC(2026, 0, 15, 12)
  temporary = await openTemporaryStore({ clock: { now: () => now } })
  store = temporary.store
})
afterEach(() => temporary.remove())

const say = async (...texts: string[]) =>
  commit(store, await beginTurn(store, 'ana', { channel }), {
    session: session('s1'),
    messages: texts.map((text) => ({ text })),
  })
const claim = async () => (await store.claimSends({ channels: [channel], now, limit: 10, maxAgeMs: dayMs })).sends
const quiet = new Map([[channel, 1_200]])

describe('a clock that is set back by a day', () => {
  test('does not make a burst wait until it is that time again', async () => {
    const [{ contactId } = { contactId: '' }] = await store.append([
      { channel, messageId: 'm', contact: { alias: 'ana' }, kind: 'text', text: 'hi' },
    ])
    expect(await store.quietUntil(contactId, quiet)).toBe(now + 1_200)
    now -= dayMs
    expect(await store.quietUntil(contactId, quiet)).toBeUndefined()
  })

  test('does not hold back what comes after a file that is awaited', async () => {
    await say('picture')
    const [first] = await claim()
    await store.settleSend(first!.seq, { state: 'delivered', providerId: 'p1', holdUntil: now + 10_000 })
    now -= dayMs
    await say('text')
    expect(await claim()).toMatchObject([{ message: { text: 'text' } }])
  })

  test('does not hold back what was to be sent, nor what is tried again, nor what comes after it', async () => {
    await say('one', 'two')
    now -= dayMs
    const [first] = await claim()
    expect(first).toMatchObject({ message: { text: 'one' }, attempt: 1 })
    now += dayMs
    await store.settleSend(first!.seq, { state: 'retry', at: now + 1_000, error: 'busy' })
    now -= dayMs
    const [again] = await claim()
    expect(again).toMatchObject({ message: { text: 'one' }, attempt: 2 })
    await store.settleSend(again!.seq, { state: 'delivered', providerId: 'p1' })
    expect(await claim()).toMatchObject([{ message: { text: 'two' } }])
  })
})

describe('a clock that is set forward by a month', () => {
  test('sends nothing that is a month old, and keeps it for a person', async () => {
    await say('one', 'two')
    now += 31 * dayMs
    expect(await claim()).toEqual([])
    expect(await store.deadSends()).toMatchObject([
      { error: expect.stringMatching(/^too_old: /) },
      { error: expect.stringMatching(/^too_old: /) },
    ])
  })

  test('leaves a session that waits, and the message that it was told already, as they were', async () => {
    await say('and?')
    now += 31 * dayMs
    await store.prune({ textDays: 7, snapshotDays: 7, dedupeDays: 8, ledgerDays: 14 }, now)
    const turn = await beginTurn(store, 'ana', { channel })
    expect(turn.session).toMatchObject({ id: 's1', snapshot: { at: 'ask' } })
    expect(await store.messages({ sessionId: 's1' })).toMatchObject([{ author: 'customer' }, { text: 'and?' }])
  })
})

describe('a clock that was ahead until the process was started again', () => {
  const ana = { channel, alias: 'ana' }
  const backups = { key: 'daily', when: { schedule: { daily: '13:00' }, zone: 'Europe/Berlin' } }
  const cameWithin = async (days: number): Promise<number> => {
    let came = 0
    for (let hour = 0; hour < 24 * days; hour++) {
      now += dayMs / 24
      came += (await store.fireTimers(now, 10)).events.length
    }
    return came
  }
  async function startAgain(): Promise<void> {
    await store.close()
    store = await openStore({ folder: temporary.folder, clock: { now: () => now } })
  }
  afterEach(() => store.close())

  test.each([1, 31])('by %i days silences no timer that recurs', async (days) => {
    await store.changeTimers(ana, [{ set: backups }])
    now += days * dayMs
    expect((await store.fireTimers(now, 10)).events).toHaveLength(1)
    now -= days * dayMs
    await startAgain()
    // The first had come while the clock was ahead.
    expect(await cameWithin(3)).toBe(days === 1 ? 2 : 3)
  })

  test('silences none either that was only planned meanwhile', async () => {
    now += 31 * dayMs
    await store.changeTimers(ana, [{ set: backups }])
    now -= 31 * dayMs
    await startAgain()
    expect(await cameWithin(3)).toBe(3)
  })
})
