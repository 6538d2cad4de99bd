import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, type HandleTurn, type Store } from '@copse/contracts'
import { afterEach, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { doneIn, message, payingHandler, remembers, requestOf, says, textOf } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const poisonedBy =
  (poison: string, tries: number[] = []): HandleTurn =>
  async (turn) => {
    if (textOf(turn) !== poison) return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
    tries.push(turn.attempt)
    throw new Error('cannot digest this')
  }

test('a message whose handler throws is tried three times, then buried; the contact and the session go on', async () => {
  const tries: number[] = []
  toy = await openToyLane(poisonedBy('poison', tries))
  const [before, poison, after] = await Promise.all([toy.say('m1'), toy.say('poison'), toy.say('m2')])
  expect(tries).toEqual([1, 2, 3])
  expect(poison).toMatchObject({ status: 'waiting', messages: [{ text: expect.stringContaining('Sorry') as string }] })
  expect((await toy.store.session(after.sessionId!))!.snapshot).toEqual(['m1', 'm2'])
  expect(after.sessionId).toBe(before.sessionId)
  expect(await toy.store.deadLetters()).toMatchObject([{ error: 'cannot digest this', event: { text: 'poison' } }])
  expect(await toy.store.handoffs()).toMatchObject([{ reason: 'message_not_handled', data: { text: 'poison' } }])
})

test('a handler that throws once is tried again, and nobody notices', async () => {
  toy = await openToyLane(async (turn) => {
    if (turn.attempt === 1) throw new Error('a hiccup')
    return says(`heard ${textOf(turn)}`)
  })
  expect((await toy.say('m1')).messages).toEqual([{ text: 'heard m1' }])
})

test('a buried message is tried again when a person asks for it', async () => {
  toy = await openToyLane(poisonedBy('poison'))
  await toy.say('poison')
  const [dead] = await toy.store.deadLetters()
  await toy.reopen(poisonedBy('another'))
  await toy.lane.redrive(dead!.inboxId, 'op')
  expect(await toy.lane.settled(dead!.inboxId, 5000)).toMatchObject({ messages: [{ text: 'heard poison' }] })
  expect(await toy.store.deadLetters()).toEqual([])
})

test('a write that a buried turn had done is not done again when the message is redriven', async () => {
  toy = await openToyLane(async (turn) => {
    await payingHandler(toy.file)(turn)
    throw new Error('a bug after paying')
  })
  await toy.say('pay')
  const [dead] = await toy.store.deadLetters()
  await toy.reopen(payingHandler(toy.file))
  await toy.lane.redrive(dead!.inboxId, 'op')
  expect(await toy.lane.settled(dead!.inboxId, 5000)).toMatchObject({ messages: [{ text: 'paid pay: ok' }] })
  expect(doneIn(toy.file)).toHaveLength(1)
})

test('a handler that is not at rest by the deadline has failed, and what it finishes later does not count', async () => {
  const released = Promise.withResolvers<void>()
  const late = Promise.withResolvers<unknown>()
  toy = await openToyLane(
    async (turn) => {
      const paying = turn.journal.effect(requestOf(turn, 'pay'), async () => {
        if (turn.attempt === 1) await released.promise
        else {
          released.resolve()
          await late.promise
        }
        return { status: 'ok', data: { attempt: turn.attempt } }
      })
      if (turn.attempt === 1) late.resolve(paying.catch((error: unknown) => error))
      await paying
      return says(`try ${turn.attempt}`)
    },
    { limits: { turnMs: 300, graceMs: 5 } },
  )
  expect((await toy.say('m1')).messages).toEqual([{ text: 'try 2' }])
  expect(await late.promise).toBeInstanceOf(Error)
  expect(await toy.store.effects()).toMatchObject([{ state: 'done', outcome: { data: { attempt: 2 } } }])
})

test('a result that comes after the signal was aborted is not committed', async () => {
  toy = await openToyLane(
    async ({ signal, attempt }) => {
      if (attempt === 1) await sleep(60_000, undefined, { signal }).catch(() => {})
      return says(`try ${attempt}`)
    },
    { limits: { turnMs: 10 } },
  )
  expect((await toy.say('m1')).messages).toEqual([{ text: 'try 2' }])
})

test('while the storage fails a message waits, and is handled when it is back', async () => {
  let failures = 0
  const failing = (store: Store): Store => ({
    ...store,
    append: (events) => store.append(events),
    beginTurn: async (start) => {
      if (++failures <= 2) throw new Fault('storage_failed')
      return store.beginTurn(start)
    },
  })
  toy = await openToyLane(async (turn) => says(`heard ${textOf(turn)}`), {}, failing)
  expect((await toy.say('m1')).messages).toEqual([{ text: 'heard m1' }])
  expect(failures).toBe(3)
})

test.each(['storage_failed', 'data_damaged'] as const)(
  '%s buries no message, however often its turn cannot be committed',
  async (code) => {
    let failures = 0
    const failing = (store: Store): Store => ({
      ...store,
      commitTurn: async (turn) => {
        if (++failures <= 5) throw new Fault(code)
        return store.commitTurn(turn)
      },
    })
    toy = await openToyLane(async (turn) => says(`heard ${textOf(turn)}`), {}, failing)
    expect((await toy.say('m1')).messages).toEqual([{ text: 'heard m1' }])
    expect(await toy.store.deadLetters()).toEqual([])
  },
)

test('a session whose tree is gone ends with a person, and the next message begins anew', async () => {
  const tries: number[] = []
  toy = await openToyLane(async (turn) => {
    if (textOf(turn) === 'm2') {
      tries.push(turn.attempt)
      throw new Fault('snapshot_invalid')
    }
    return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
  })
  const { sessionId } = await toy.say('m1')
  expect(await toy.say('m2')).toMatchObject({ sessionId, status: 'faulted' })
  expect(tries).toEqual([1])
  expect(await toy.store.handoffs()).toMatchObject([{ sessionId, reason: 'message_not_handled' }])
  expect((await toy.say('m3')).sessionId).not.toBe(sessionId)
})

test('a session that a newer version wrote stays as it is, and its message is kept for that version', async () => {
  const tries: number[] = []
  let isOlder = false
  toy = await openToyLane(async (turn) => {
    if (isOlder) {
      tries.push(turn.attempt)
      throw new Fault('snapshot_newer')
    }
    return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
  })
  const { sessionId } = await toy.say('m1')
  const before = await toy.store.session(sessionId!)
  isOlder = true
  await toy.say('m2')
  expect(tries).toEqual([1])
  expect(await toy.store.session(sessionId!)).toMatchObject({ status: 'waiting', snapshot: before!.snapshot })
  expect(await toy.store.deadLetters()).toHaveLength(1)
})

test('a message that is redriven between two tries of a turn waits until that turn is over', async () => {
  let isMended = false
  toy = await openToyLane(
    async (turn) => {
      const text = textOf(turn)
      if (text === 'm0') return says('began', { session: remembers(turn) })
      if (text === 'poison' && !isMended) throw new Error('cannot digest this')
      await turn.journal.effect(requestOf(turn, 'pay', { args: { text } }), async () => ({ status: 'ok', data: {} }))
      if (text === 'm2' && turn.attempt === 1) {
        isMended = true
        const [dead] = await toy.store.deadLetters()
        await toy.lane.redrive(dead!.inboxId, 'op')
        throw new Error('a hiccup')
      }
      return says(`heard ${text}`, { session: remembers(turn) })
    },
    { limits: { retryMs: [30] } },
  )
  await toy.say('m0')
  await toy.say('poison')
  expect(await toy.say('m2')).toMatchObject({ status: 'waiting', messages: [{ text: 'heard m2' }] })
})

test('tries that the storage failed, or that a stop cut off, are not held against a message by the next process', async () => {
  const answers: HandleTurn = async (turn) => says(`heard ${textOf(turn)}`)
  const endless: HandleTurn = async ({ signal }) => {
    await sleep(60_000, undefined, { signal })
    return says('late')
  }
  let isBroken = true
  toy = await openToyLane(answers, {}, (store): Store => ({
    ...store,
    commitTurn: async (turn) => {
      if (isBroken) throw new Fault('storage_failed')
      return store.commitTurn(turn)
    },
  }))
  const { inboxId } = await toy.lane.submit(message('m1'))
  await sleep(100)
  isBroken = false
  for (let restart = 0; restart < 3; restart++) {
    await toy.lane.drain(5)
    await toy.reopen(endless)
    await sleep(20)
  }
  await toy.lane.drain(5)
  await toy.reopen(answers)
  expect(await toy.lane.settled(inboxId, 5_000)).toMatchObject({ messages: [{ text: 'heard m1' }] })
})
