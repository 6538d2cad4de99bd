import type { Move, Store } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, commit, session } from '../turns.ts'

export function moves(open: OpenStore): void {
  describe('moves', () => {
    let now: number
    let store: Store
    beforeEach(() => void (now = 1_000))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    const channel = 'sms'
    let told = 0
    const moveOf = (to: string, ...from: string[]): Move => ({
      kind: 'move',
      channel,
      messageId: `move ${++told}`,
      from,
      to,
    })
    const move = (to: string, ...from: string[]) => store.applyMoves([moveOf(to, ...from)])
    const hear = async (alias: string, more = {}) => {
      const turn = await beginTurn(store, alias, { channel, ...more })
      await commit(store, turn, {
        session: session(turn.session?.id ?? `session of ${turn.contact.id}`),
        messages: [{ text: 'x' }],
        timers: [
          {
            set: {
              key: `timer of ${turn.id}`,
              when: { at: 5_000 },
              sessionId: turn.session?.id ?? `session of ${turn.contact.id}`,
            },
          },
        ],
      })
      return turn
    }
    const claimed = async () =>
      (await store.claimSends({ channels: [channel], now, limit: 10 })).sends.map(({ seq, alias }) => ({ seq, alias }))

    test('a contact who moves goes on with the same session, and is answered at the new address', async () => {
      const before = await hear('old')
      await move('new', 'old')
      await move('new', 'old')
      expect(await claimed()).toMatchObject([{ alias: 'new' }])
      const after = await hear('new')
      expect(after.contact.id).toBe(before.contact.id)
      expect(after.session?.id).toBe(`session of ${before.contact.id}`)
      expect(await store.messages({ conversationId: before.conversation.id })).toHaveLength(4)
    })

    test('whoever writes from the old address is somebody new, in each of its spellings', async () => {
      const before = await hear('old')
      await hear('old', { contact: { alias: 'old', alsoKnownAs: ['o-l-d'] } })
      await move('new', 'old', 'o-l-d')
      const stranger = await hear('o-l-d', { contact: { alias: 'o-l-d', alsoKnownAs: ['old'] } })
      expect(stranger.contact.id).not.toBe(before.contact.id)
      expect(stranger.session).toBeUndefined()
    })

    test('no other id of before is theirs any longer, and each that is told with the new address is', async () => {
      const before = await hear('old', { contact: { alias: 'old', alsoKnownAs: ['user 1'] } })
      await store.applyMoves([{ ...moveOf('new', 'old'), alsoKnownAs: ['user 2'] }])
      expect((await store.contact(channel, 'user 2'))!.id).toBe(before.contact.id)
      expect(await store.contact(channel, 'user 1')).toBeUndefined()
    })

    test('who moves is no stranger for a decisive id that comes with their first words there', async () => {
      const before = await hear('old', { contact: { alias: 'old', alsoKnownAs: ['user 1'], decisive: 'user 1' } })
      await move('new', 'old')
      const after = await hear('new', { contact: { alias: 'new', alsoKnownAs: ['user 2'], decisive: 'user 2' } })
      expect(after.contact.id).toBe(before.contact.id)
    })

    test('what is to be sent to any of the old ids is sent to the new address', async () => {
      await hear('old', { contact: { alias: 'old', alsoKnownAs: ['user 1'] } })
      await hear('user 1')
      await move('new', 'old')
      const { sends } = await store.claimSends({ channels: [channel], now, limit: 10 })
      expect(sends.map(({ alias }) => alias)).toEqual(['new'])
      await store.settleSend(sends[0]!.seq, { state: 'delivered', providerId: 'p' })
      expect(await claimed()).toMatchObject([{ alias: 'new' }])
    })

    test('what was to be said later is said at the new address: timers, dead messages, a person, an approval', async () => {
      const { contact, conversation } = await hear('old')
      const [sent] = await claimed()
      await store.settleSend(sent!.seq, { state: 'dead', error: 'no such number' })
      await move('new', 'old')
      await store.redriveSend(sent!.seq, 'op')
      expect(await claimed()).toEqual([{ ...sent, alias: 'new' }])
      await store.settleSend(sent!.seq, { state: 'delivered', providerId: 'p' })

      await store.setOwner({ conversationId: conversation.id, owner: 'human', who: 'op', reason: 'r' })
      await store.say({ conversationId: conversation.id, message: { text: 'I am Eva.' }, who: 'op', key: 'k' })
      const [said] = await claimed()
      expect(said).toMatchObject({ alias: 'new' })
      await store.settleSend(said!.seq, { state: 'delivered', providerId: 'q' })
      await store.setOwner({ conversationId: conversation.id, owner: 'bot', who: 'op', reason: 'r' })

      now = 6_000
      const { events } = await store.fireTimers(now, 10)
      expect(events).toMatchObject([{ contactId: contact.id }])
      const rung = (await store.beginTurn({ contactId: contact.id, id: 'rung', now, seed: 's' }))!
      await commit(store, rung, { messages: [{ text: 'ring' }] })
      const [ring] = await claimed()
      expect(ring).toMatchObject({ alias: 'new' })
      await store.settleSend(ring!.seq, { state: 'delivered', providerId: 'r' })

      // The link was minted before the move.
      const approved = await hear('old', { kind: 'approval', sessionId: `session of ${contact.id}` })
      expect(approved.contact.id).toBe(contact.id)
      expect(await claimed()).toMatchObject([{ alias: 'new' }])
    })

    test('an address that is another contact’s is taken from nobody', async () => {
      const one = await hear('old')
      const other = await hear('new')
      expect(await move('new', 'old')).toEqual({ refused: 1 })
      expect((await hear('old')).contact.id).toBe(one.contact.id)
      expect((await hear('new')).contact.id).toBe(other.contact.id)
    })

    test('a move of nobody that is known changes nothing', async () => {
      expect(await move('new', 'old')).toEqual({ refused: 0 })
      expect(await store.contact(channel, 'new')).toBeUndefined()
    })

    test('a move that is told again changes nothing, whatever came after it', async () => {
      const { contact } = await hear('old')
      const first = moveOf('new', 'old')
      await store.applyMoves([first])
      await move('old', 'new')
      expect(await store.applyMoves([first])).toEqual({ refused: 0 })
      expect((await store.contact(channel, 'old'))!.id).toBe(contact.id)
      await store.forget(contact.id)
      const stranger = await hear('old')
      await store.applyMoves([first])
      expect((await store.contact(channel, 'old'))!.id).toBe(stranger.contact.id)
    })

    test('a move of nobody is not of who writes from there later', async () => {
      const first = moveOf('new', 'old')
      await store.applyMoves([first])
      const { contact } = await hear('old')
      await store.applyMoves([first])
      expect((await store.contact(channel, 'old'))!.id).toBe(contact.id)
    })
  })
}
