import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, type HandleTurn, type SettledTurn, type TurnReply } from '@copse/contracts'
import { afterEach, describe, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { message, payingHandler, remembers, requestOf, says, textOf } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const echo =
  (pauseMs = 0): HandleTurn =>
  async (turn) => {
    if (pauseMs > 0) await sleep(pauseMs)
    return says(`heard ${textOf(turn)}`, { session: remembers(turn) })
  }

const endless: HandleTurn = async ({ signal }) => {
  await sleep(60_000, undefined, { signal })
  return says('late')
}

test('a message is appended, handled, committed and answered', async () => {
  toy = await openToyLane(echo())
  expect(await toy.say('m1')).toMatchObject({
    status: 'waiting',
    intent: 'toy',
    step: 'listen',
    messages: [{ text: 'heard m1' }],
  })
})

test('who sent a message hears that it is kept before any turn of its commit is worked on', async () => {
  const order: string[] = []
  toy = await openToyLane(async (turn) => {
    order.push('turn')
    return echo()(turn)
  })
  const submitted = await Promise.all(
    ['ann', 'bob'].map(async (alias) => {
      const { inboxId } = await toy.lane.submit(message(`m of ${alias}`, alias))
      order.push('kept')
      return inboxId
    }),
  )
  await Promise.all(submitted.map((id) => toy.lane.settled(id, 5_000)))
  expect(order).toEqual(['kept', 'kept', 'turn', 'turn'])
})

test('fifty deliveries of one message in parallel are one turn and one answer to all', async () => {
  let turns = 0
  toy = await openToyLane(async (turn) => {
    turns++
    return echo(5)(turn)
  })
  const replies = await Promise.all(Array.from({ length: 50 }, () => toy.say('m1')))
  expect(turns).toBe(1)
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
  expect(await toy.store.messages({ sessionId: replies[0]!.sessionId! })).toHaveLength(2)
})

test('a duplicate gets the first answer after a restart, too', async () => {
  toy = await openToyLane(echo())
  const first = await toy.say('m1')
  await toy.reopen(async () => says('something else'))
  expect(await toy.say('m1')).toEqual(first)
})

test('five messages of a contact in parallel are five turns, one at a time, in the order of acceptance', async () => {
  let running = 0
  toy = await openToyLane(async (turn) => {
    expect(++running).toBe(1)
    const result = await echo(2)(turn)
    running--
    return result
  })
  const texts = ['m1', 'm2', 'm3', 'm4', 'm5']
  const replies = await Promise.all(texts.map((text) => toy.say(text)))
  expect(replies.map((reply) => reply.messages[0]!.text)).toEqual(texts.map((text) => `heard ${text}`))
  expect((await toy.store.session(replies[0]!.sessionId!))!.snapshot).toEqual(texts)
  expect(await toy.store.trace(replies[0]!.sessionId!)).toHaveLength(5)
})

test('a message that comes while the contact has a turn is handled after it', async () => {
  const next: Promise<TurnReply>[] = []
  toy = await openToyLane(async (turn) => {
    if (textOf(turn) === 'm1') {
      next.push(toy.say('m2'))
      await sleep(30)
    }
    return says(`heard ${textOf(turn)}`)
  })
  await toy.say('m1')
  expect((await next[0]!).messages).toEqual([{ text: 'heard m2' }])
})

describe('different contacts', () => {
  test('have their turns at the same time, no more of them than the cap allows', async () => {
    let running = 0
    let most = 0
    toy = await openToyLane(
      async (turn) => {
        most = Math.max(most, ++running)
        const result = await echo(5)(turn)
        running--
        return result
      },
      { limits: { concurrency: 3 } },
    )
    await Promise.all(Array.from({ length: 9 }, (_, n) => toy.say(`m${n}`, `contact ${n}`)))
    expect(most).toBe(3)
  })

  test('take turns: one who says little is not kept waiting by one who says much', async () => {
    const order: string[] = []
    toy = await openToyLane(
      async (turn) => {
        order.push(turn.contact.alias)
        return echo(1)(turn)
      },
      { limits: { concurrency: 1 } },
    )
    const many = Array.from({ length: 6 }, (_, n) => toy.say(`m${n}`, 'ana'))
    await Promise.all([...many, toy.say('b', 'bea')])
    expect(order.indexOf('bea')).toBeLessThanOrEqual(2)
  })
})

test('a turn knows the contact, the conversation and the session it goes on with', async () => {
  const seen: unknown[] = []
  toy = await openToyLane(async (turn) => {
    const { contact, conversation, session, channel, attempt } = turn
    seen.push({ customer: contact.customerId, data: conversation.data, revision: session?.revision, channel, attempt })
    return says('ok', { session: remembers(turn), conversation: { language: 'es' }, customerId: 'CUST-1' })
  })
  await toy.say('m1')
  await toy.say('m2')
  expect(seen).toEqual([
    { customer: undefined, data: {}, revision: undefined, channel: 'web', attempt: 1 },
    { customer: 'CUST-1', data: { language: 'es' }, revision: 1, channel: 'web', attempt: 1 },
  ])
})

test('what is not at rest in time is undefined now and there later', async () => {
  toy = await openToyLane(echo(60))
  const { inboxId } = await toy.lane.submit(message('m1'))
  expect(await toy.lane.settled(inboxId, 5)).toBeUndefined()
  expect(await toy.lane.settled(inboxId, 5000)).toMatchObject({ messages: [{ text: 'heard m1' }] })
})

test('listeners hear of each commit until they leave, and one that throws disturbs nobody', async () => {
  toy = await openToyLane(echo())
  const heard: SettledTurn[] = []
  toy.lane.subscribe(() => {
    throw new Error('a bug in a view')
  })
  const leave = toy.lane.subscribe(({ settled }) => heard.push(settled!))
  const reply = await toy.say('m1')
  leave()
  await toy.say('m2')
  expect(heard).toMatchObject([{ reply }])
})

test('more messages than the limit are refused as busy, and taken again when the backlog is done', async () => {
  toy = await openToyLane(echo(20), { limits: { queued: 2 } })
  const accepted = [toy.say('m1'), toy.say('m2')]
  await expect(toy.lane.submit(message('m3'))).rejects.toMatchObject({ code: 'busy', retryable: true })
  await Promise.all(accepted)
  await toy.say('m3')
})

test('messages that the storage refused, and those that came twice, take no place of others afterwards', async () => {
  let isFull = true
  toy = await openToyLane(echo(), { limits: { queued: 2 } }, (store) => ({
    ...store,
    async append(events, start) {
      if (isFull) throw new Fault('storage_failed')
      return store.append(events, start)
    },
  }))
  for (let n = 0; n < 5; n++)
    await expect(toy.lane.submit(message(`m${n}`, `c${n}`))).rejects.toMatchObject({ code: 'storage_failed' })
  isFull = false
  await toy.say('m0', 'c0')
  for (let n = 0; n < 5; n++) expect(await toy.lane.submit(message('m0', 'c0'))).toMatchObject({ duplicate: true })
  expect(await toy.say('m1', 'c1')).toMatchObject({ messages: [{ text: 'heard m1' }] })
})

test('a contact whose message the storage refused is answered when they write again', async () => {
  let contactId: string | undefined
  let isFull = false
  toy = await openToyLane(echo(), {}, (store) => ({
    ...store,
    async append(events, start) {
      if (!isFull) return store.append(events, start)
      for (const event of events) start?.(contactId!, event)
      throw new Fault('storage_failed')
    },
  }))
  await toy.say('m0')
  contactId = (await toy.store.contact('web', 'ana'))?.id
  isFull = true
  await expect(toy.lane.submit(message('m1'))).rejects.toMatchObject({ code: 'storage_failed' })
  isFull = false
  expect(await toy.say('m1')).toMatchObject({ messages: [{ text: 'heard m1' }] })
})

test('more text than the limit is refused as busy while it is not stored, and taken again when it is', async () => {
  toy = await openToyLane(echo(), { limits: { queuedSize: 2_000 } })
  const long = (id: string) => toy.lane.submit(message(id, id, { text: 'x'.repeat(1_500) }))
  const [first, second] = await Promise.allSettled([long('m1'), long('m2')])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'busy' } })
  await long('m2')
})

test('one contact with a thousand messages delays no message of another by more than two turns', async () => {
  const order: string[] = []
  toy = await openToyLane(
    async (turn) => {
      order.push(turn.contact.alias)
      return says('ok')
    },
    { limits: { concurrency: 1 } },
  )
  await toy.lane.submitAll(Array.from({ length: 1_000 }, (_, n) => message(`loud ${n}`, 'loud')))
  const delays: number[] = []
  for (let n = 0; n < 100; n++) {
    const { inboxId } = await toy.lane.submit(message(`quiet ${n}`, 'quiet'))
    const before = order.length
    await toy.lane.settled(inboxId, 5_000)
    delays.push(order.lastIndexOf('quiet') - before)
  }
  const p99 = delays.toSorted((a, b) => a - b)[98]
  expect(p99).toBeLessThanOrEqual(2)
})

describe('draining', () => {
  test('lets the turn under way finish and takes nothing more; what waits is done after the restart', async () => {
    toy = await openToyLane(echo(30))
    const [first, second] = await toy.lane.submitAll([message('m1'), message('m2')])
    await sleep(10)
    await toy.lane.drain(1000)
    await expect(toy.lane.submit(message('m3'))).rejects.toMatchObject({ code: 'draining' })
    expect(await toy.store.reply(first!.inboxId)).toBeDefined()
    expect(await toy.store.reply(second!.inboxId)).toBeUndefined()
    await toy.reopen(echo())
    expect(await toy.lane.settled(second!.inboxId, 5000)).toMatchObject({ messages: [{ text: 'heard m2' }] })
  })

  test('aborts what takes too long, and the restarted process carries it to its end', async () => {
    toy = await openToyLane(endless, { limits: { attempts: 1 } })
    const { inboxId } = await toy.lane.submit(message('m1'))
    await sleep(10)
    await toy.lane.drain(5)
    expect(await toy.store.counts()).toMatchObject({ pendingMessages: 1, deadMessages: 0 })
    await toy.reopen(echo(), {})
    expect(await toy.lane.settled(inboxId, 5000)).toMatchObject({ messages: [{ text: 'heard m1' }] })
  })
})

test('a hundred contacts with writes share few commits and mix up nothing', async () => {
  toy = await openToyLane((turn) => payingHandler(toy.file)(turn))
  const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => toy.say(`m${n}`, `contact ${n}`)))
  expect(replies.map((reply) => reply.messages[0]!.text)).toEqual(replies.map((_, n) => `paid m${n}: ok`))
})

describe('who is forgotten', () => {
  test('takes no place of others any more, though many of their messages waited', async () => {
    const held = Promise.withResolvers<void>()
    toy = await openToyLane(
      async (turn) => {
        if (textOf(turn) === 'm1') await held.promise
        return says('ok')
      },
      { limits: { queued: 5 } },
    )
    await toy.lane.submitAll([1, 2, 3, 4, 5].map((n) => message(`m${n}`, 'flooder')))
    await expect(toy.lane.submit(message('hello', 'bea'))).rejects.toMatchObject({ code: 'busy' })
    await toy.lane.forget((await toy.store.contact('web', 'flooder'))!.id)
    held.resolve()
    expect((await toy.say('hello', 'bea')).messages).toEqual([{ text: 'ok' }])
    await toy.lane.submitAll([6, 7, 8, 9, 10].map((n) => message(`m${n}`, 'bea')))
  })

  test('has nothing more done for them, though a turn is under way', async () => {
    const done: string[] = []
    const looking = Promise.withResolvers<void>()
    const found = Promise.withResolvers<void>()
    toy = await openToyLane(async (turn) => {
      await turn.journal.effect(requestOf(turn, 'look'), async () => {
        looking.resolve()
        await found.promise
        done.push('look')
        return { status: 'ok', data: {} }
      })
      await turn.journal.effect(requestOf(turn, 'pay'), async () => {
        done.push('pay')
        return { status: 'ok', data: {} }
      })
      return says('paid')
    })
    await toy.lane.submit(message('m1'))
    await looking.promise
    await toy.lane.forget((await toy.store.contact('web', 'ana'))!.id)
    found.resolve()
    await toy.lane.drain(1_000)
    expect(done).toEqual(['look'])
    expect(await toy.store.verify()).toEqual({ ok: true, problems: [] })
  })
})
