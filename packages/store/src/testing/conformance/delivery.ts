import type { OutboundMessage, Receipt, Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, bury, commit, nextTurn } from '../turns.ts'

const receipt = (state: Receipt['state'], more: Partial<Receipt> = {}): Receipt => ({
  channel: 'sms',
  providerId: 'p1',
  state,
  at: 1,
  ...more,
})

const broken = (retryable: boolean) => ({ error: { code: '131', reason: 'not delivered', retryable } })

export function delivery(open: OpenStore): void {
  describe('delivery', () => {
    const hourMs = 3_600_000
    let now: number
    let store: Store
    beforeEach(() => void (now = 1_000))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    const say = async (alias: string, ...texts: (string | OutboundMessage)[]) =>
      commit(store, await beginTurn(store, alias, { channel: 'sms' }), {
        messages: texts.map((text) => (typeof text === 'string' ? { text } : text)),
      })
    const windows = new Map([['sms', 24 * hourMs]])
    const claim = () => store.claimSends({ channels: ['sms'], now, limit: 10, windows, maxAgeMs: 24 * hourMs })
    const beyond = () =>
      store.claimSends({ channels: ['sms'], now, limit: 10, windows, beyondWindow: new Set(['sms']) })
    const texts = async () => (await claim()).sends.map(({ message }) => message.text)
    const conversationOf = async (alias: string) => (await store.contact('sms', alias))!.conversationId
    const own = async (alias: string, owner: 'bot' | 'queue' | 'human') =>
      store.setOwner({ conversationId: await conversationOf(alias), owner, who: 'op', reason: 'asked' })
    /** Claims what is due and hands it to the channel, which calls them p1, p2 … */
    async function send(more: { holdUntil?: number } = {}): Promise<string[]> {
      const { sends } = await claim()
      for (const [n, { seq }] of sends.entries())
        await store.settleSend(seq, { state: 'delivered', providerId: `p${n + 1}`, ...more })
      return sends.map(({ message }) => message.text)
    }

    const tap = (replyTo: string | number, alias = 'ana') =>
      beginTurn(store, alias, { channel: 'sms', kind: 'payload', payload: 'yes', data: { replyTo } })
    const ask = async (text: string) => {
      const turn = await beginTurn(store, 'ana', { channel: 'sms' })
      await commit(store, turn, { messages: [{ text, options: [{ id: 'yes', title: 'Yes' }] }] })
      return turn.id
    }

    describe('withheld at the moment of sending is', () => {
      test('what is older than a day: it is dead, and the newer message behind it goes', async () => {
        await say('ana', 'old')
        now += 24 * hourMs
        await say('ana', 'new')
        now += 1
        expect(await claim()).toMatchObject({ sends: [{ message: { text: 'new' } }], withheld: { too_old: 1 } })
        expect(await store.deadSends()).toMatchObject([
          { message: { text: 'old' }, error: expect.stringMatching(/^too_old: /), createdAt: 1_000 },
        ])
      })

      test('what comes after the customer was silent for longer than the channel allows', async () => {
        await say('ana', 'in time')
        now += 12 * hourMs
        const turn = await beginTurn(store, 'ana', { channel: 'sms', kind: 'timer' })
        await commit(store, turn, { messages: [{ text: 'reminder' }] })
        await send()
        now += 12 * hourMs + 1
        expect(await claim()).toMatchObject({ sends: [], withheld: { outside_window: 1 } })
        const error = expect.stringMatching(/^outside_window: .* Send it again once they have written/)
        expect(await store.deadSends()).toMatchObject([{ message: { text: 'reminder' }, error }])
        // A day later nobody has written, and sending it by hand ends as it did.
        await store.redriveSend((await store.deadSends())[0]!.seq, 'op')
        expect(await claim()).toMatchObject({ sends: [], withheld: { outside_window: 1 } })
      })

      test('nothing for that where our clock is a day ahead of the channel’s: what counts is when we heard', async () => {
        now = 100 * hourMs
        const turn = await beginTurn(store, 'ana', { channel: 'sms', sentAt: now - 30 * hourMs })
        await commit(store, turn, { messages: [{ text: 'hello' }] })
        expect(await send()).toEqual(['hello'])
      })

      test('nothing for that, where the channel has another form for it, which is asked for only then', async () => {
        await say('ana', 'in time')
        const { sends } = await beyond()
        expect(sends.map(({ beyondWindow }) => beyondWindow)).toEqual([undefined])
        await store.settleSend(sends[0]!.seq, { state: 'delivered', providerId: 'p1' })
        now += 24 * hourMs + 1
        const turn = await beginTurn(store, 'ana', { channel: 'sms', kind: 'timer' })
        await commit(store, turn, { messages: [{ text: 'reminder' }] })
        expect(await beyond()).toMatchObject({
          sends: [{ message: { text: 'reminder' }, beyondWindow: true }],
          withheld: {},
        })
      })

      describe('what the channel says is too late, whatever we heard:', () => {
        const tooLate = { code: '131047', reason: 'too late', retryable: false, windowOver: true as const }
        const refuse = async (seq: number, afterwards: boolean) => {
          if (!afterwards)
            return store.settleSend(seq, { state: 'retry', at: now, error: 'too late', windowOver: true })
          await store.settleSend(seq, { state: 'delivered', providerId: 'p1' })
          return store.applyReceipts([receipt('failed', { error: tooLate })])
        }

        test.each([false, true])('it goes in the other form, once (afterwards: %s)', async (afterwards) => {
          await say('ana', 'hello', 'and more')
          const { sends } = await beyond()
          await refuse(sends[0]!.seq, afterwards)
          const again = (await beyond()).sends
          expect(again).toMatchObject([{ message: { text: 'hello' }, beyondWindow: true }])
          await store.settleSend(again[0]!.seq, { state: 'delivered', providerId: 'p2' })
          await store.applyReceipts([receipt('failed', { providerId: 'p2', error: tooLate })])
          expect(await store.deadSends()).toMatchObject([{ message: { text: 'hello' } }])
          expect((await beyond()).sends).toMatchObject([{ message: { text: 'and more' }, beyondWindow: true }])
        })

        test.each([false, true])('without one it is dead (afterwards: %s)', async (afterwards) => {
          await say('ana', 'hello')
          await refuse((await claim()).sends[0]!.seq, afterwards)
          expect(await claim()).toMatchObject({ sends: [], withheld: { outside_window: 1 } })
        })

        test.each([false, true])('unless they wrote meanwhile (afterwards: %s)', async (afterwards) => {
          await say('ana', 'hello')
          const { sends } = await beyond()
          now += 1_000
          await commit(store, await beginTurn(store, 'ana', { channel: 'sms' }))
          await refuse(sends[0]!.seq, afterwards)
          const again = (await beyond()).sends
          expect(again).toMatchObject([{ message: { text: 'hello' } }])
          expect(again[0]).not.toHaveProperty('beyondWindow')
        })
      })

      test('everything for who opted out, but for the answer to that and for what a person says', async () => {
        await say('ana', 'offer')
        const wish = await beginTurn(store, 'ana', { channel: 'sms', text: 'STOP', consent: 'out' })
        await commit(store, wish, { messages: [{ text: 'You will hear no more.' }] })
        await say('ana', 'another offer')
        expect(await send()).toEqual(['You will hear no more.'])
        await own('ana', 'human')
        const conversationId = await conversationOf('ana')
        await store.say({ conversationId, message: { text: 'About your bill' }, who: 'op', key: 'k' })
        expect(await send()).toEqual(['About your bill'])
        expect(await store.counts()).toMatchObject({ droppedSends: 2, unsentMessages: 0 })
        now++
        const again = await beginTurn(store, 'ana', { channel: 'sms', text: 'STOP', consent: 'out' })
        await own('ana', 'bot')
        await commit(store, again, { messages: [{ text: 'You will hear no more.' }] })
        expect(await send()).toEqual([])
        const back = await beginTurn(store, 'ana', { channel: 'sms', text: 'START', consent: 'in' })
        await commit(store, back, { messages: [{ text: 'Welcome back.' }] })
        expect(await send()).toEqual(['Welcome back.'])
      })
    })

    describe('a person who takes a conversation over', () => {
      test('silences what the bot had composed and not sent, also what a turn under way composes after it', async () => {
        await say('ana', 'a1', 'a2')
        const { sends } = await claim()
        const turn = await beginTurn(store, 'ana', { channel: 'sms' })
        expect(await own('ana', 'human')).toEqual({ dropped: 1 })
        const { reply } = await commit(store, turn, { messages: [{ text: 'a3' }] })
        expect(reply.messages).toEqual([])
        await store.settleSend(sends[0]!.seq, { state: 'retry', at: now, error: 'busy' })
        expect(await claim()).toMatchObject({ sends: [], withheld: { taken_over: 1 } })
        const said = await store.messages({ conversationId: turn.conversation.id })
        expect(said.filter(({ author }) => author === 'business')).toEqual([])
      })

      test('speaks through the same outbox, once for each key', async () => {
        await say('ana', 'a1')
        await send()
        const conversationId = await conversationOf('ana')
        const words = { conversationId, message: { text: 'I am Eva.' }, who: 'eva', key: 'k1' }
        await expect(store.say(words)).rejects.toMatchObject({ code: 'not_ready' })
        await own('ana', 'human')
        const said = await store.say(words)
        expect(await store.say(words)).toEqual(said)
        expect((await claim()).sends).toMatchObject([{ seq: said.seq, alias: 'ana', message: { text: 'I am Eva.' } }])
        expect((await store.messages({ conversationId })).at(-1)).toMatchObject({
          author: 'business',
          text: 'I am Eva.',
        })
        await expect(store.say({ ...words, conversationId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
      })

      test('may also do so past us: an echo of their words takes the conversation over, once', async () => {
        await say('ana', 'a1')
        const echo = { channel: 'sms', messageId: 'e1', alias: 'ana', text: 'Eva here.' }
        await store.applyEchoes([echo])
        await own('ana', 'bot')
        await store.applyEchoes([echo])
        expect((await beginTurn(store, 'ana', { channel: 'sms' })).owner).toBe('bot')
        const conversationId = await conversationOf('ana')
        expect((await store.messages({ conversationId })).map(({ text }) => text)).toEqual(['hi', 'Eva here.'])
        expect(await store.counts()).toMatchObject({ droppedSends: 1 })
      })

      test('is not seen in an echo of what we sent ourselves', async () => {
        await say('ana', 'a1')
        await send()
        await store.applyEchoes([{ channel: 'sms', messageId: 'p1', alias: 'ana', text: 'a1' }])
        expect((await beginTurn(store, 'ana', { channel: 'sms' })).owner).toBe('bot')
      })

      test('is asked for by a handoff, and until one comes the bot still speaks', async () => {
        const handoff = { id: 'h1', reason: 'r', summary: 's', data: {} }
        const turn = await beginTurn(store, 'ana', { channel: 'sms' })
        await commit(store, turn, { messages: [{ text: 'One moment.' }], handoffs: [handoff] })
        expect(await send()).toEqual(['One moment.'])
        expect((await beginTurn(store, 'ana', { channel: 'sms' })).owner).toBe('queue')
      })
    })

    test.each(['receipt', 'time'])(
      'a message that is awaited holds the next one back until its receipt came, or its time is over: %s',
      async (ending) => {
        await say('ana', 'photo', 'caption')
        expect(await send({ holdUntil: now + 5_000 })).toEqual(['photo'])
        await store.applyReceipts([receipt('sent')])
        expect(await claim()).toMatchObject({ sends: [], nextAt: now + 5_000 })
        if (ending === 'receipt') await store.applyReceipts([receipt('delivered')])
        else now += 5_000
        expect(await send()).toEqual(['caption'])
      },
    )

    describe('a tap on one of our messages', () => {
      test('says which turn it is of when we said something since, also when that is not sent yet', async () => {
        const first = await ask('5?')
        await send()
        await ask('5000?')
        expect((await tap('p1')).events[0]).toMatchObject({ payload: 'yes', offeredIn: first })
      })

      test('may name it by its number, as our own page does', async () => {
        const first = await ask('5?')
        const unknown = await tap(0)
        const { id: conversationId } = unknown.conversation
        const on = (await store.messages({ conversationId })).findLast(({ turnId }) => turnId === first)!.seq
        await commit(store, unknown, { messages: [] })
        const newest = await tap(on)
        expect(newest.events[0]).not.toHaveProperty('offeredIn')
        await commit(store, newest, { messages: [] })
        await ask('5000?')
        expect((await tap(on)).events[0]).toMatchObject({ payload: 'yes', offeredIn: first })
        await say('bea', 'hello')
        expect((await tap(on, 'bea')).events[0]).not.toHaveProperty('offeredIn')
      })

      test('says so in each try, though we said more meanwhile', async () => {
        const first = await ask('5?')
        await send()
        const newest = await tap('p1')
        expect(newest.events[0]).not.toHaveProperty('offeredIn')
        await own('ana', 'queue')
        const conversationId = newest.conversation.id
        await store.say({ conversationId, message: { text: 'I am Eva.' }, who: 'eva', key: 'k' })
        expect((await nextTurn(store, newest.contact.id))?.events).toEqual(newest.events)
        await commit(store, newest)
        expect((await tap('p1')).events[0]).toMatchObject({ offeredIn: first })
      })

      test('is taken for one on the newest while nobody knows the message, or it is in another conversation', async () => {
        await ask('5?')
        await send()
        await ask('5000?')
        expect((await tap('p2')).events[0]).not.toHaveProperty('offeredIn')
        await say('bea', 'hello')
        expect((await tap('p1', 'bea')).events[0]).not.toHaveProperty('offeredIn')
      })
    })

    describe('receipts', () => {
      test('that say a message failed make it due again if trying helps, else dead with the reason', async () => {
        await say('ana', 'hello')
        await send()
        const failed = receipt('failed', broken(true))
        expect(await store.applyReceipts([failed, failed])).toEqual([failed])
        const { sends, nextAt } = await claim()
        expect(sends).toEqual([])
        now = nextAt!
        const [again] = (await claim()).sends
        expect(again).toMatchObject({ message: { text: 'hello' }, attempt: 2 })
        await store.settleSend(again!.seq, { state: 'delivered', providerId: 'p2' })
        await store.applyReceipts([receipt('failed', { providerId: 'p2', ...broken(false) })])
        expect(await store.deadSends()).toMatchObject([{ error: '131: not delivered', attempts: 2 }])
      })

      test('that blame the account cost no try, and the message waits', async () => {
        await say('ana', 'hello')
        const error = { code: '131042', reason: 'payment', retryable: true, channelDown: true as const }
        for (let n = 1; n <= 50; n++) {
          const { sends } = await claim()
          expect(sends).toMatchObject([{ attempt: 1 }])
          await store.settleSend(sends[0]!.seq, { state: 'delivered', providerId: `p${n}` })
          await store.applyReceipts([receipt('failed', { providerId: `p${n}`, error })])
          const { sends: none, nextAt } = await claim()
          expect(none).toEqual([])
          now = nextAt!
        }
        expect(await store.counts()).toMatchObject({ deadSends: 0, unsentMessages: 1 })
      })

      test('that say the customer has it are believed, whatever failed before', async () => {
        await say('ana', 'hello')
        await send()
        await store.applyReceipts([receipt('failed', broken(false)), receipt('delivered')])
        expect(await store.counts()).toMatchObject({ deadSends: 0, unsentMessages: 0 })
      })
    })

    describe('a dead message', () => {
      test('is sent again by hand with all its tries, and its age counts from then', async () => {
        await say('ana', 'hello')
        now += 25 * hourMs
        await claim()
        await beginTurn(store, 'ana', { channel: 'sms' })
        const [dead] = await store.deadSends()
        await store.redriveSend(dead!.seq, 'op')
        expect((await claim()).sends).toMatchObject([{ message: { text: 'hello' }, attempt: 1 }])
        await expect(store.redriveSend(dead!.seq, 'op')).rejects.toMatchObject({ code: 'not_found' })
      })
    })

    test('an apology is not sent into the conversation of a person either', async () => {
      const turn = await beginTurn(store, 'ana', { channel: 'sms' })
      await own('ana', 'human')
      await bury(store, turn)
      expect(await texts()).toEqual([])
    })
  })
}
