import type { Store } from '@copse/contracts'
import { describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, bury, commit, nextTurn, session } from '../turns.ts'

export function turns(open: OpenStore): void {
  describe('turns', () => {
    let store: Store
    eachWith(open, (fresh) => (store = fresh))

    describe('beginning', () => {
      test('a turn that was begun before comes back as it was, with one more attempt', async () => {
        const first = await beginTurn(store, 'ana')
        const second = await nextTurn(store, first.contact.id)
        expect(second).toEqual({ ...first, attempt: 2 })
        expect(await store.pending()).toEqual([{ contactId: first.contact.id, messages: 1, attempts: 2 }])
      })

      test('takes one message at a time, oldest first, and tells whether there are more', async () => {
        const first = await beginTurn(store, 'ana', { text: 'one' })
        const again = await beginTurn(store, 'ana', { text: 'two' })
        expect(again).toMatchObject({ id: first.id, events: [{ text: 'one' }], more: true })
        await commit(store, again)
        const next = await nextTurn(store, first.contact.id)
        expect(next).toMatchObject({ events: [{ text: 'two' }], attempt: 1, more: false })
        await commit(store, next!)
        expect(await nextTurn(store, first.contact.id)).toBeUndefined()
      })

      test('goes on with the session asked for if it is the contact’s, else with the newest that waits', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1', { status: 'completed' }) })
        await commit(store, await beginTurn(store, 'ana'), { session: session('s2') })
        const third = await beginTurn(store, 'ana', { sessionId: 's1' })
        expect(third.session?.id).toBe('s1')
        await commit(store, third)
        const fourth = await beginTurn(store, 'ana')
        expect(fourth.session?.id).toBe('s2')
        await commit(store, fourth, { session: session('s2', { status: 'escalated' }) })
        expect((await beginTurn(store, 'ana')).session).toBeUndefined()
        expect((await beginTurn(store, 'bea', { sessionId: 's2' })).session).toBeUndefined()
      })
    })

    describe('committing', () => {
      test('ends a session that the turn left behind, so that it is not taken up again', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
        const leaving = await beginTurn(store, 'ana')
        const { reply } = await commit(store, leaving, { left: { sessionId: 's1', outcome: 'abandoned' } })
        expect(reply).toMatchObject({ sessionId: null, status: 'none' })
        expect(await store.session('s1')).toMatchObject({ status: 'completed', outcome: 'abandoned' })
        expect((await beginTurn(store, 'ana')).session).toBeUndefined()
      })

      test('keeps everything that the turn came to', async () => {
        const first = await beginTurn(store, 'ana', { text: 'refund please' })
        const settled = await commit(store, first, {
          session: session('s1'),
          conversation: { language: 'es' },
          customerId: 'CUST-1',
          messages: [{ text: 'Which order?', options: [{ id: 'o1', title: 'Order 1' }] }, { text: 'Take your time.' }],
          trace: [{ type: 'enter', node: 'refund' }],
          handoffs: [{ id: 'h1', reason: 'asked', summary: 'wants a person', data: { n: 1 } }],
          usage: [{ provider: 'p', model: 'm', purpose: 'route', inputTokens: 1, outputTokens: 2 }],
        })
        expect(settled.reply).toMatchObject({ sessionId: 's1', status: 'waiting', intent: 'refund', step: 'ask' })
        expect(await store.reply(first.inboxIds[0]!)).toEqual(settled.reply)

        const messages = await store.messages({ sessionId: 's1' })
        expect(messages).toMatchObject([
          { author: 'customer', text: 'refund please' },
          { author: 'business', text: 'Which order?', options: [{ id: 'o1', title: 'Order 1' }] },
          { author: 'business', text: 'Take your time.' },
        ])
        expect(settled.reply.throughSeq).toBe(messages[2]!.seq)
        expect(await store.messages({ conversationId: first.conversation.id }, messages[1]!.seq)).toEqual([messages[2]])
        expect(await store.trace('s1')).toMatchObject([
          {
            turnId: first.id,
            attempts: 1,
            events: [{ text: 'refund please' }],
            trace: [{ type: 'enter', node: 'refund' }],
          },
        ])
        expect(await store.handoffs()).toMatchObject([{ id: 'h1', sessionId: 's1', data: { n: 1 } }])
        expect(await store.counts()).toMatchObject({ pendingMessages: 0, unsentMessages: 2, waitingSessions: 1 })

        const second = await beginTurn(store, 'ana')
        expect(second).toMatchObject({
          contact: { customerId: 'CUST-1' },
          conversation: { data: { language: 'es' } },
          session: { id: 's1', snapshot: { at: 'ask' }, revision: 1 },
        })
      })

      test('is listed after the turns before it, also without a session, under way or dead', async () => {
        await commit(store, await beginTurn(store, 'ana', { text: 'one' }), { session: session('s1') })
        const bea = await beginTurn(store, 'bea', { text: 'two' })
        await commit(store, await beginTurn(store, 'cid', { text: 'three' }), { trace: [{ kind: 'held' }] })
        const dead = await beginTurn(store, 'cid', { text: 'four' })
        await bury(store, dead)
        const all = await store.turns()
        expect(all).toMatchObject([
          { state: 'committed', sessionId: 's1', intent: 'refund', events: [{ text: 'one' }] },
          { state: 'open', turnId: bea.id, events: [{ text: 'two' }] },
          { state: 'committed', sessionId: null, intent: null, trace: [{ kind: 'held' }] },
          { state: 'dead', turnId: dead.id, error: expect.any(String), trace: [{ kind: 'reply' }] },
        ])
        const [first, second, third, fourth] = all
        expect(await store.turns({ after: first!.number, limit: 1 })).toEqual([second])
        expect(await store.turns({ after: third!.number, also: [second!.number] })).toEqual([second, fourth])
        expect(await store.turns({ limit: 1 })).toEqual([fourth])
        expect(await store.turns({ contactId: dead.contact.id })).toEqual([third, fourth])
        expect(await store.turns({ conversationId: bea.conversation.id })).toEqual([second])
      })

      test('counts the session’s turns, and refuses a session that has moved on, with nothing kept', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
        const second = await beginTurn(store, 'ana')
        const stale = { ...second, session: { ...second.session!, revision: 7 } }
        await expect(commit(store, stale, { session: session('s1'), messages: [{ text: 'x' }] })).rejects.toMatchObject(
          {
            code: 'internal',
          },
        )
        expect((await store.counts()).pendingMessages).toBe(1)
        expect(await store.messages({ sessionId: 's1' })).toHaveLength(1)
        await commit(store, second, { session: session('s1', { step: 'next' }) })
        expect(await store.session('s1')).toMatchObject({ revision: 2, step: 'next' })
      })

      test('happens once', async () => {
        const turn = await beginTurn(store, 'ana')
        await commit(store, turn)
        await expect(commit(store, turn)).rejects.toMatchObject({ code: 'internal' })
      })

      test('without a session answers with the one that was there, as it is', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1', { status: 'completed' }) })
        const { reply } = await commit(store, await beginTurn(store, 'ana', { sessionId: 's1' }), {
          messages: [{ text: 'It is over.' }],
        })
        expect(reply).toMatchObject({ sessionId: 's1', status: 'completed' })
        expect((await commit(store, await beginTurn(store, 'bea'))).reply).toMatchObject({
          sessionId: null,
          status: 'none',
        })
        expect(await store.session('s1')).toMatchObject({ revision: 1 })
      })
    })

    describe('burying', () => {
      test('apologises, tells a person, keeps the message and leaves the session as it was', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
        const turn = await beginTurn(store, 'ana', { text: 'poison' })
        const { reply } = await bury(store, turn)
        expect(reply).toMatchObject({ sessionId: 's1', status: 'waiting', messages: [{ text: 'Sorry.' }] })
        expect(await store.reply(turn.inboxIds[0]!)).toEqual(reply)
        expect(await store.deadLetters()).toMatchObject([
          { inboxId: turn.inboxIds[0], error: 'boom', event: { text: 'poison' } },
        ])
        expect(await store.handoffs()).toHaveLength(1)
        expect(await store.session('s1')).toMatchObject({ status: 'waiting', revision: 1 })
      })

      test('stops a session that is broken', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1') })
        const { reply } = await bury(store, await beginTurn(store, 'ana'), true)
        expect(reply.status).toBe('faulted')
        expect((await beginTurn(store, 'ana')).session).toBeUndefined()
      })

      test('can be taken back: the message becomes a new turn, which may be buried again', async () => {
        const turn = await beginTurn(store, 'ana')
        const [inboxId] = turn.inboxIds
        await bury(store, turn)
        expect(await store.redrive(inboxId!, 'op')).toEqual({ contactId: turn.contact.id, inboxIds: [inboxId] })
        expect(await store.reply(inboxId!)).toBeUndefined()
        const next = await nextTurn(store, turn.contact.id)
        expect(next).toMatchObject({ attempt: 1, inboxIds: [inboxId] })
        expect(next!.id).not.toBe(turn.id)
        await bury(store, next!)
        await store.redrive(inboxId!, 'op')
        await commit(store, (await nextTurn(store, turn.contact.id))!)
        await expect(store.redrive(inboxId!, 'op')).rejects.toMatchObject({ code: 'not_found' })
      })
    })

    test('a tree is found by its hash for as long as the store lives', async () => {
      await store.saveTree('h1', { op: 'sequence' })
      await store.saveTree('h1', { op: 'sequence' })
      expect(await store.loadTree('h1')).toEqual({ op: 'sequence' })
      expect(await store.loadTree('h2')).toBeUndefined()
    })
  })
}
