import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, type EffectOutcome, type EffectRequest, type HandleTurn, type Turn } from '@copse/contracts'
import { afterEach, describe, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { remembers, requestOf, says } from './testing/toy.ts'

let toy: ToyLane
afterEach(() => toy.remove())

const ok: EffectOutcome = { status: 'ok', data: { refund: 'R1' } }
const no: EffectOutcome = { status: 'no', code: 'too_late', reason: 'The window is over.' }
const unavailable: EffectOutcome = { status: 'unavailable', code: 'refused', reason: 'nobody there' }
const uncertain: EffectOutcome = { status: 'uncertain', code: 'cut', reason: 'cut in the middle' }

/** Answers with these outcomes, one for each call, and remembers the keys it was called with. */
function outside(...outcomes: EffectOutcome[]) {
  const keys: string[] = []
  const perform = async (key: string): Promise<EffectOutcome> => {
    keys.push(key)
    return outcomes[keys.length - 1] ?? ok
  }
  return { keys, perform }
}

/** One write a turn; the reply is its outcome. */
const writing =
  (
    perform: (key: string) => Promise<EffectOutcome>,
    more: (turn: Turn) => Partial<EffectRequest> = () => ({}),
  ): HandleTurn =>
  async (turn) => {
    const outcome = await turn.journal.effect(requestOf(turn, 'pay', more(turn)), perform)
    return says(JSON.stringify(outcome), { session: remembers(turn) })
  }

const outcomeOf = async (messageId: string, alias?: string) =>
  JSON.parse((await toy.say(messageId, alias)).messages[0]!.text) as EffectOutcome

/** Fails in the first try of each turn, after `before`. */
const failingOnce =
  (handle: (turn: Turn) => ReturnType<HandleTurn>, before: (turn: Turn) => Promise<unknown>): HandleTurn =>
  async (turn) => {
    if (turn.attempt > 1) return handle(turn)
    await before(turn)
    throw new Error('a bug')
  }

const pay = (turn: Turn) => turn.journal.effect(requestOf(turn, 'pay'), async () => ok)

const faulting = async (turn: Turn) => {
  const error: unknown = await turn.journal
    .effect(requestOf(turn, 'pay', { args: { amount: 2 } }), async () => ok)
    .catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Fault)
  return says('a person will help', { session: { ...remembers(turn), status: 'faulted' } })
}

const ignoring = async (turn: Turn) => {
  await turn.journal.effect(requestOf(turn, 'close'), async () => ok).catch(() => {})
  return says('all fine', { session: remembers(turn) })
}

const order = () => ({ naturalKey: 'O1' })

describe('a write', () => {
  test('is in the ledger with its outcome', async () => {
    const { perform, keys } = outside(no)
    toy = await openToyLane(writing(perform, () => ({ args: { order: 'O1' } })))
    expect(await outcomeOf('m1')).toEqual(no)
    expect(await toy.store.effects()).toMatchObject([
      { key: keys[0], name: 'pay', node: 'toy/pay', args: { order: 'O1' }, state: 'no', outcome: no },
    ])
  })

  test('has its intent durable before the call and its outcome before the next write', async () => {
    const states: string[][] = []
    const look = async () => {
      states.push((await toy.store.effects()).map((effect) => effect.state))
      return ok
    }
    toy = await openToyLane(async (turn) => {
      await Promise.all([
        turn.journal.effect(requestOf(turn, 'one'), look),
        turn.journal.effect(requestOf(turn, 'two'), look),
      ])
      return says('done')
    })
    await toy.say('m1')
    expect(states).toEqual([['intent'], ['intent', 'done']])
  })

  test('is not begun outside before the outcome of the one before is durable, however long that takes', async () => {
    const states: (string | undefined)[] = []
    toy = await openToyLane(
      async (turn) => {
        await turn.journal.effect(requestOf(turn, 'one'), async () => ok)
        await turn.journal.effect(requestOf(turn, 'two'), async () => {
          states.push((await toy.store.effects()).find(({ name }) => name === 'one')?.state)
          return ok
        })
        return says('done')
      },
      {},
      (store) => ({
        ...store,
        async settleEffect(turnId, entry) {
          await sleep(20)
          return store.settleEffect(turnId, entry)
        },
      }),
    )
    await toy.say('m1')
    expect(states).toEqual(['done'])
  })
})

describe('a re-run', () => {
  test('gets every recorded outcome in order, and calls nothing again', async () => {
    const { perform, keys } = outside()
    const answers = ['first answer', 'second answer']
    const heard: EffectOutcome[] = []
    const body = async (turn: Turn) => {
      const read = requestOf(turn, 'ask model', { policy: 'read' })
      heard.push(
        await turn.journal.effect(read, async () => ({ status: 'ok', data: { text: answers.shift() ?? '' } })),
        await turn.journal.effect(requestOf(turn, 'pay'), perform),
      )
      return says('done', { session: remembers(turn) })
    }
    toy = await openToyLane(failingOnce(body, body))
    await toy.say('m1')
    expect(heard.slice(2)).toEqual(heard.slice(0, 2))
    expect(keys).toHaveLength(1)
    expect(answers).toEqual(['second answer'])
  })

  test('asks again for a read that no write had made durable', async () => {
    const { perform, keys } = outside()
    const body = (turn: Turn) => writing(perform, () => ({ policy: 'read' }))(turn)
    toy = await openToyLane(failingOnce(body, body))
    await toy.say('m1')
    expect(keys).toHaveLength(2)
  })

  test.each([
    ['other arguments', (turn: Turn) => requestOf(turn, 'pay', { args: { amount: 2 } })],
    ['another effect', (turn: Turn) => requestOf(turn, 'close')],
  ])('with %s where a write is recorded is a mismatch: nothing is called, the session stops', async (_, second) => {
    const { perform, keys } = outside()
    const tries: number[] = []
    toy = await openToyLane(async (turn) => {
      if (turn.events[0]!.text === 'hello') return says('hello', { session: remembers(turn) })
      tries.push(turn.attempt)
      const request = turn.attempt === 1 ? requestOf(turn, 'pay', { args: { amount: 1 } }) : second(turn)
      await turn.journal.effect(request, perform)
      throw new Error('a bug')
    })
    const { sessionId } = await toy.say('hello')
    expect(await toy.say('pay')).toMatchObject({ sessionId, status: 'faulted' })
    expect(keys).toHaveLength(1)
    expect(tries).toEqual([1, 2])
    expect(await toy.store.deadLetters()).toMatchObject([{ error: expect.stringContaining('journal') as string }])
    expect(await toy.store.handoffs()).toMatchObject([{ sessionId, reason: 'message_not_handled' }])
    expect(await toy.store.effects()).toMatchObject([{ state: 'done' }])
  })

  test('that rests before the end of its journal is a mismatch', async () => {
    toy = await openToyLane(failingOnce(async () => says('nothing to pay'), pay))
    expect((await toy.say('m1')).messages[0]!.text).toContain('went wrong')
    expect(await toy.store.deadLetters()).toHaveLength(1)
  })

  test('whose handler faults the session itself on a mismatch is committed as it says', async () => {
    toy = await openToyLane(failingOnce(faulting, pay))
    expect(await toy.say('m1')).toMatchObject({ status: 'faulted', messages: [{ text: 'a person will help' }] })
    expect(await toy.store.deadLetters()).toEqual([])
  })

  test('whose handler goes on after a mismatch as if nothing had been is not committed', async () => {
    toy = await openToyLane(failingOnce(ignoring, pay))
    expect((await toy.say('m1')).messages[0]!.text).toContain('went wrong')
  })
})

describe('an uncertain outcome', () => {
  test('of an idempotent write is repeated with the same key until it is known', async () => {
    const { perform, keys } = outside(uncertain, unavailable, ok)
    toy = await openToyLane(writing(perform))
    expect(await outcomeOf('m1')).toEqual(ok)
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(await toy.store.effects()).toMatchObject([{ state: 'done' }])
  })

  test('of an idempotent write stays uncertain when the repeats are used up, whatever the last one reached', async () => {
    const { perform, keys } = outside(uncertain, uncertain, unavailable, ok)
    toy = await openToyLane(writing(perform))
    expect(await outcomeOf('m1')).toMatchObject({ status: 'uncertain' })
    expect(keys).toHaveLength(3)
    expect(await toy.store.effects({ state: 'uncertain' })).toHaveLength(1)
  })

  test('of an at-most-once write is not repeated, and is there for a person to see', async () => {
    const { perform, keys } = outside(uncertain)
    toy = await openToyLane(writing(perform, () => ({ policy: 'at-most-once' })))
    expect(await outcomeOf('m1')).toEqual(uncertain)
    expect(keys).toHaveLength(1)
    expect(await toy.store.effects({ state: 'uncertain' })).toMatchObject([{ key: keys[0], outcome: uncertain }])
    expect((await toy.store.counts()).uncertainEffects).toBe(1)
  })

  test.each([
    ['happened', ok, ok, 'done'],
    ['did not happen', no, no, 'no'],
    ['is not known there either', undefined, uncertain, 'uncertain'],
    ['cannot be asked', unavailable, uncertain, 'uncertain'],
  ] as const)('that %s, says the outside when asked', async (_, found, outcome, state) => {
    const { perform } = outside(uncertain)
    toy = await openToyLane(writing(perform, () => ({ policy: 'at-most-once', reconcile: async () => found })))
    expect(await outcomeOf('m1')).toEqual(outcome)
    expect(await toy.store.effects()).toMatchObject([{ state }])
  })

  test('of an at-most-once write that a failed try left open is not called again', async () => {
    const calls: string[] = []
    toy = await openToyLane(
      writing(
        async (key) => {
          calls.push(key)
          throw new Error('a bug in the connector')
        },
        () => ({ policy: 'at-most-once' }),
      ),
    )
    expect(await outcomeOf('m1')).toMatchObject({ status: 'uncertain', code: 'interrupted' })
    expect(calls).toHaveLength(1)
  })
})

test('a try in which an effect threw has failed, even if the handler goes on as if it had not', async () => {
  const calls: string[] = []
  toy = await openToyLane(async (turn) => {
    const broken = turn.journal.effect(requestOf(turn, 'look', { policy: 'read' }), async () => {
      if (turn.attempt === 1) throw new Error('a bug in the connector')
      return ok
    })
    await broken.catch(() => {})
    const paid = turn.journal.effect(requestOf(turn, 'pay'), async (key) => {
      calls.push(key)
      return ok
    })
    await paid.catch(() => {})
    return says(`try ${turn.attempt}`)
  })
  expect((await toy.say('m1')).messages).toEqual([{ text: 'try 2' }])
  expect(calls).toHaveLength(1)
})

test('a write that certainly was not done may be tried again by the same node', async () => {
  const { perform, keys } = outside(unavailable, ok)
  toy = await openToyLane(async (turn) => {
    const request = requestOf(turn, 'pay')
    expect(await turn.journal.effect(request, perform)).toEqual(unavailable)
    expect(await turn.journal.effect(request, perform)).toEqual(ok)
    if (turn.attempt === 1) throw new Error('a bug')
    return says('done')
  })
  expect((await toy.say('m1')).messages).toEqual([{ text: 'done' }])
  expect(keys).toHaveLength(2)
})

describe('the same natural key', () => {
  test('returns the first success to another contact, marked as repeated, without a call', async () => {
    const { perform, keys } = outside()
    toy = await openToyLane(writing(perform, order))
    expect(await outcomeOf('m1', 'ana')).toEqual(ok)
    expect(await outcomeOf('m2', 'bea')).toEqual({ ...ok, repeated: true })
    expect(keys).toHaveLength(1)
  })

  test('is not tried while another try on it may have happened', async () => {
    const { perform, keys } = outside(uncertain, uncertain, uncertain, ok)
    toy = await openToyLane(writing(perform, order))
    await outcomeOf('m1', 'ana')
    expect(await outcomeOf('m2', 'bea')).toMatchObject({ status: 'uncertain', code: 'unresolved_before' })
    expect(keys).toHaveLength(3)
  })
})
