import type { InboundEvent, Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { bury, commit } from '../turns.ts'

const textsOf = (events: readonly InboundEvent[] | undefined) => events?.map(({ text, payload }) => text ?? payload)

const tap = (payload: string) => ({ kind: 'payload' as const, payload })

export function bursts(open: OpenStore): void {
  describe('bursts', () => {
    let now: number
    let store: Store
    beforeEach(() => void (now = 1_000))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    let messages = 0
    async function hear(...events: (Partial<InboundEvent> | string)[]): Promise<string> {
      const appended = await store.append(
        events.map((event) => ({
          channel: 'sms',
          messageId: `m${++messages}`,
          contact: { alias: 'ana' },
          kind: 'text',
          ...(typeof event === 'string' ? { text: event } : event),
        })),
      )
      return appended[0]!.contactId
    }
    let turns = 0
    const begin = (contactId: string, bursts = ['sms']) =>
      store.beginTurn({ contactId, id: `t${++turns}`, now, seed: 's', bursts })
    const quiet = new Map([['sms', 1_200]])

    describe('the set of a turn', () => {
      test('is all texts in a row, until a tap, which is a turn alone', async () => {
        const ana = await hear('one', 'two', tap('yes'), 'three')
        const turn = await begin(ana)
        expect(textsOf(turn!.events)).toEqual(['one', 'two'])
        expect(turn).toMatchObject({ inboxIds: [1, 2], more: true })
        await commit(store, turn!)
        const tapped = await begin(ana)
        expect(textsOf(tapped!.events)).toEqual(['yes'])
        await commit(store, tapped!)
        const last = await begin(ana)
        expect(textsOf(last!.events)).toEqual(['three'])
        expect(last!.more).toBe(false)
      })

      test.each<[string, Partial<InboundEvent>]>([
        ['an event of ourselves', { kind: 'timer', text: 'remind' }],
        ['another session', { sessionId: 's9', text: 'x' }],
        ['a new beginning', { fresh: true, text: 'x' }],
        ['a wish to hear no more', { consent: 'out', text: 'STOP' }],
        ['a file', { kind: 'media', text: 'caption' }],
      ])('ends before %s', async (_, event) => {
        const ana = await hear('one', event)
        const turn = await begin(ana)
        expect(textsOf(turn!.events)).toEqual(['one'])
      })

      test('has at most twenty messages', async () => {
        const ana = await hear(...Array.from({ length: 25 }, (_, n) => `text ${n}`))
        const turn = await begin(ana)
        expect(turn).toMatchObject({ events: { length: 20 }, more: true })
        await commit(store, turn!)
        expect(await begin(ana)).toMatchObject({ events: { length: 5 }, more: false })
      })

      test('is one message on a channel that does not wait', async () => {
        expect(textsOf((await begin(await hear('one', 'two'), []))!.events)).toEqual(['one'])
      })

      test('stays as it was fixed, whatever comes later and however often it is tried', async () => {
        const ana = await hear('one', 'two')
        const first = await begin(ana)
        await hear('three')
        const again = await begin(ana, [])
        expect(again).toEqual({ ...first, attempt: 2, more: true })
      })

      test('dies together and is redriven together, as one turn of the same messages', async () => {
        const ana = await hear('one', 'two')
        await bury(store, (await begin(ana))!)
        expect((await store.deadLetters()).map(({ event }) => event.text)).toEqual(['two', 'one'])
        await hear('three')
        expect(await store.redrive(2, 'op')).toEqual({ contactId: ana, inboxIds: [1, 2] })
        expect(await store.pending()).toMatchObject([{ messages: 3, attempts: 0 }])
        const turn = await begin(ana)
        expect(textsOf(turn!.events)).toEqual(['one', 'two'])
        expect(turn).toMatchObject({ attempt: 1, more: true })
        await commit(store, turn!)
        expect(textsOf((await begin(ana))!.events)).toEqual(['three'])
        expect(await store.deadLetters()).toEqual([])
      })
    })

    describe('waiting for quiet', () => {
      test('lasts until the channel was quiet for its time, from the last message on', async () => {
        const ana = await hear('one')
        expect(await store.quietUntil(ana, quiet)).toBe(2_200)
        now = 2_000
        await hear('two')
        expect(await store.quietUntil(ana, quiet)).toBe(3_200)
      })

      test('ends five seconds after the first message, however fast the customer types', async () => {
        const ana = await hear('one')
        for (; now < 5_800; now += 400) await hear('and')
        expect(await store.quietUntil(ana, quiet)).toBe(6_000)
      })

      test.each<[string, (Partial<InboundEvent> | string)[]]>([
        ['a tap', [tap('yes')]],
        ['an event of ourselves', [{ kind: 'job' }]],
        ['a text that a tap came after', ['one', tap('yes')]],
        ['a channel without a quiet time', [{ channel: 'web', text: 'x' }]],
        ['a burst that is full', Array.from({ length: 20 }, (_, n) => `text ${n}`)],
      ])('is not for %s', async (_, events) => {
        expect(await store.quietUntil(await hear(...events), quiet)).toBeUndefined()
      })

      test('is not for a turn that was begun', async () => {
        const ana = await hear('one')
        await begin(ana)
        expect(await store.quietUntil(ana, quiet)).toBeUndefined()
      })

      test('takes as long as the last turn asked for, and for one turn only', async () => {
        const ana = await hear('one')
        await commit(store, (await begin(ana))!, { quietMs: 3_000 })
        await hear('two')
        expect(await store.quietUntil(ana, quiet)).toBe(4_000)
        await commit(store, (await begin(ana))!, { quietMs: 0 })
        await hear('three')
        expect(await store.quietUntil(ana, quiet)).toBeUndefined()
        await commit(store, (await begin(ana))!)
        await hear('four')
        expect(await store.quietUntil(ana, quiet)).toBe(2_200)
      })
    })
  })
}
