import type { BegunTurn, InboundEvent, Store } from '@copse/contracts'
import { describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, commit, nextTurn, session } from '../turns.ts'

const text = (channel: string, alias: string, messageId: string, name?: string): InboundEvent => ({
  channel,
  messageId,
  contact: { alias, ...(name === undefined ? {} : { name }) },
  kind: 'text',
  text: 'hello',
})

const known = (alias: string, alsoKnownAs: string[], messageId: string): InboundEvent => ({
  ...text('sms', alias, messageId),
  contact: { alias, alsoKnownAs },
})

const shows = (phone: string, userId: string, name: string) => ({
  channel: 'sms',
  contact: { alias: phone, alsoKnownAs: [userId], decisive: userId, name },
})

const startAs = (id: string) => (contactId: string) => ({ contactId, id, now: 5, seed: 's' })

export function inbox(open: OpenStore): void {
  describe('inbox', () => {
    let store: Store
    eachWith(open, (fresh) => (store = fresh))

    test('a message is appended once per channel, whoever repeats it and however often', async () => {
      const [first] = await store.append([text('web', 'ana', 'm1')])
      const repeats = await Promise.all([
        store.append([text('web', 'ana', 'm1')]),
        store.append([text('web', 'ana', 'm1'), text('web', 'ana', 'm1')]),
      ])
      for (const repeat of repeats.flat()) expect(repeat).toEqual({ ...first, duplicate: true })
      expect(await store.append([text('sms', 'ana', 'm1')])).toMatchObject([{ duplicate: false }])
      expect((await store.counts()).pendingMessages).toBe(2)
    })

    test('an alias is one contact for ever, with the last name it gave, and one conversation per channel', async () => {
      await store.append([text('web', 'ana', 'm1', 'Ana')])
      const before = await store.contact('web', 'ana')
      await store.append([text('web', 'ana', 'm2')])
      expect(await store.contact('web', 'ana')).toEqual(before)
      await store.append([text('web', 'ana', 'm3', 'Ana P.')])
      expect(await store.contact('web', 'ana')).toEqual({ ...before, name: 'Ana P.' })
      expect(await store.contact('web', 'bea')).toBeUndefined()
    })

    test('an envelope is appended whole or not at all', async () => {
      const broken = { ...text('web', 'ana', 'm2'), channel: undefined as unknown as string }
      await expect(store.append([text('web', 'ana', 'm1'), broken])).rejects.toThrow()
      expect(await store.pending()).toEqual([])
      expect(await store.append([text('web', 'ana', 'm1')])).toMatchObject([{ duplicate: false }])
    })

    describe('with a turn to begin', () => {
      test('begins it in the same commit, once for each contact that has something new', async () => {
        await store.append([text('web', 'cleo', 'm0')])
        const asked: string[] = []
        const appended = await store.append(
          [text('web', 'cleo', 'm0'), text('web', 'ana', 'm1'), text('web', 'ana', 'm2'), text('web', 'bea', 'm3')],
          (contactId, event) => {
            asked.push(event.messageId)
            return event.messageId === 'm3' ? undefined : startAs('t1')(contactId)
          },
        )
        expect(asked).toEqual(['m1', 'm3'])
        expect(appended.map(({ begun }) => begun?.id)).toEqual([undefined, 't1', undefined, undefined])
        const [, { begun }] = appended as [object, { begun: BegunTurn }]
        expect(begun).toMatchObject({ attempt: 1, events: [{ messageId: 'm1' }], more: true, recorded: [] })
        const again = await store.beginTurn(startAs('t2')(begun.contact.id))
        expect(again).toEqual({ ...begun, attempt: 2 })
      })

      test('keeps the message when that cannot be done', async () => {
        await store.append([text('web', 'ana', 'm1')], startAs('t1'))
        const [bea] = await store.append([text('web', 'bea', 'm2')], startAs('t1'))
        expect(bea).toMatchObject({ duplicate: false })
        expect(bea).not.toHaveProperty('begun')
        expect(await store.beginTurn(startAs('t2')(bea!.contactId))).toMatchObject({ id: 't2', attempt: 1 })
      })

      test('when one cannot be begun, those of the same commit are', async () => {
        await store.append([text('web', 'ana', 'm1')], startAs('t1'))
        const appendAs = (alias: string, turnId: string) =>
          store.append([text('web', alias, `of ${alias}`)], startAs(turnId))
        const appended = await Promise.all([appendAs('bea', 't2'), appendAs('cleo', 't1'), appendAs('dora', 't3')])
        expect(appended.map(([one]) => one!.begun?.id)).toEqual(['t2', undefined, 't3'])
        expect((await store.pending()).map(({ messages }) => messages)).toEqual([1, 1, 1, 1])
      })
    })

    test('contacts with pending messages are listed oldest message first', async () => {
      await store.append([text('web', 'bea', 'm1'), text('web', 'ana', 'm2'), text('web', 'bea', 'm3')])
      const [bea, ana] = [await store.contact('web', 'bea'), await store.contact('web', 'ana')]
      expect(await store.pending()).toEqual([
        { contactId: bea!.id, messages: 2, attempts: 0 },
        { contactId: ana!.id, messages: 1, attempts: 0 },
      ])
    })

    describe('other ids of a customer', () => {
      test('are the same contact from then on, whichever of them comes first', async () => {
        const [first] = await store.append([known('+34600', ['user-1'], 'm1')])
        const [second] = await store.append([text('sms', 'user-1', 'm2')])
        const [third] = await store.append([known('@ana', ['user-1'], 'm3')])
        expect([second!.contactId, third!.contactId]).toEqual([first!.contactId, first!.contactId])
        expect((await store.contact('sms', '@ana'))!.id).toBe(first!.contactId)
      })

      test('are never taken from somebody else: the known one keeps them, and it is counted', async () => {
        const [bea] = await store.append([text('sms', 'bea', 'm1')])
        const [ana] = await store.append([text('sms', 'ana', 'm2')])
        expect(await store.append([known('ana', ['bea', 'ana 2'], 'm3')])).toMatchObject([
          { contactId: ana!.contactId, foreignAliases: 1 },
        ])
        expect((await store.contact('sms', 'bea'))!.id).toBe(bea!.contactId)
        expect((await store.contact('sms', 'ana 2'))!.id).toBe(ana!.contactId)
      })

      test('say by the decisive one who writes, and a number that comes with another is somebody new’s', async () => {
        const ana = await beginTurn(store, 'ana', shows('+34600', 'user 1', 'Ana'))
        await commit(store, ana, { session: session('refund of Ana'), customerId: 'customer 1' })
        const [ben] = await store.append([{ ...text('sms', 'ben', 'of Ben'), ...shows('+34600', 'user 2', 'Ben') }])
        expect(ben).toMatchObject({ foreignAliases: 1 })
        expect(ben!.contactId).not.toBe(ana.contact.id)
        const turn = await nextTurn(store, ben!.contactId)
        expect(turn!.contact).toEqual({ id: ben!.contactId, alias: '+34600', name: 'Ben' })
        expect(turn!.session).toBeUndefined()
        expect(await store.contact('sms', '+34600')).toMatchObject({ id: ben!.contactId, name: 'Ben' })
        expect(await store.contact('sms', 'user 1')).toMatchObject({ id: ana.contact.id, name: 'Ana' })
        const [late] = await store.append([{ ...text('sms', 'ana', 'of Ana'), ...shows('+34600', 'user 1', 'Ana') }])
        expect(late!.contactId).toBe(ana.contact.id)
      })

      test('that were given to somebody new do not get what was meant for who had them', async () => {
        const ana = await beginTurn(store, 'ana', shows('+34600', 'user 1', 'Ana'))
        await commit(store, ana, { messages: [{ text: 'for Ana' }] })
        await commit(store, await beginTurn(store, 'ben', shows('+34600', 'user 2', 'Ben')), {
          messages: [{ text: 'for Ben' }],
        })
        const { sends } = await store.claimSends({ channels: ['sms'], now: 0, limit: 10 })
        expect(sends.map(({ alias, message }) => [alias, message.text])).toEqual([
          ['user 1', 'for Ana'],
          ['+34600', 'for Ben'],
        ])
      })

      test('are linked by the decisive one to whom only the number was known of', async () => {
        const [first] = await store.append([text('sms', '+34600', 'm1')])
        const [second] = await store.append([{ ...text('sms', 'ana', 'm2'), ...shows('+34600', 'user 1', 'Ana') }])
        const [third] = await store.append([text('sms', 'user 1', 'm3')])
        expect([second!.contactId, third!.contactId]).toEqual([first!.contactId, first!.contactId])
      })
    })

    test('ids and texts of any length and any characters are kept, and no two ids become one', async () => {
      const strange = ['x'.repeat(257), 'x'.repeat(258), 'nul \0 a', 'nul \0 b', 'half \ud800', 'half \udfff', '']
      const appended = await store.append(
        strange.flatMap((id) => [
          { ...text('sms', id, `of ${id}`), text: id },
          { ...text('sms', id, `of ${id}`), text: id },
        ]),
      )
      expect(new Set(appended.map(({ contactId }) => contactId)).size).toBe(strange.length)
      expect(appended.filter(({ duplicate }) => duplicate)).toHaveLength(strange.length)
      for (const id of strange) {
        const { id: contactId, conversationId } = (await store.contact('sms', id))!
        const turn = await store.beginTurn({ contactId, id: `turn of ${contactId}`, now: 0, seed: 's' })
        expect(turn!.events[0]!.text).toBe(id)
        await commit(store, turn!)
        expect(await store.messages({ conversationId })).toMatchObject([{ text: id }])
      }
    })
  })
}
