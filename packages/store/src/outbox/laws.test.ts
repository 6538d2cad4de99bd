import type { Receipt, Store } from '@copse/contracts'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../index.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing.ts'
import { beginTurn, commit } from '../testing/turns.ts'

const clock = { now: () => 1_000 }
let temporary: TemporaryStore
let store: Store
beforeEach(async () => {
  temporary = await openTemporaryStore({ clock })
  store = temporary.store
})
afterEach(async () => {
  await store.close()
  await temporary.remove()
})

const say = async (alias: string, ...texts: string[]) =>
  commit(store, await beginTurn(store, alias, { channel: 'sms' }), { messages: texts.map((text) => ({ text })) })
const claim = () => store.claimSends({ channels: ['sms'], now: clock.now(), limit: 10 })
const conversationOf = async (alias: string) => (await store.contact('sms', alias))!.conversationId
const receipt = (state: Receipt['state'], more: Partial<Receipt> = {}): Receipt => ({
  channel: 'sms',
  providerId: 'p1',
  state,
  at: 1,
  ...more,
})
const broken = (retryable: boolean) => ({ error: { code: '131', reason: 'not delivered', retryable } })

test('receipts come in any order and number, before the send is written down or after it, and come to the same', async () => {
  const one = fc.oneof(
    fc.constantFrom(receipt('sent'), receipt('delivered'), receipt('read'), receipt('read', { at: 9 })),
    fc.constantFrom(receipt('failed', broken(true)), receipt('failed', { at: 2, ...broken(false) })),
  )
  let world = 0
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 4 }), fc.infiniteStream(fc.nat(9)), async (receipts, choices) => {
      const draw = () => choices.next().value as number
      const shuffled = [...receipts, ...receipts.filter(() => draw() > 5)]
        .map((of) => ({ of, at: draw() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ of }) => of)
      const outcomes: string[] = []
      for (const order of [receipts, shuffled]) {
        const providerId = `world ${++world}`
        const alias = `contact ${world}`
        await say(alias, 'hello')
        const [sending] = (await claim()).sends
        const early = order === receipts ? 0 : draw() % (order.length + 1)
        const ofThis = order.map((received) => ({ ...received, providerId }))
        await store.applyReceipts(ofThis.slice(0, early))
        await store.settleSend(sending!.seq, { state: 'delivered', providerId })
        await store.applyReceipts(ofThis.slice(early))
        const dead = (await store.deadSends()).filter(({ seq }) => seq === sending!.seq)
        const { unsentMessages } = await store.counts()
        outcomes.push(JSON.stringify([dead.map(({ error }) => error), unsentMessages]))
        await store.delivered(await conversationOf(alias), sending!.seq)
      }
      expect(outcomes[1]).toBe(outcomes[0])
    }),
    { numRuns: 80 },
  )
})

test('of a conversation no message is claimed before the one before it is settled, whatever becomes of each', async () => {
  const endings = ['delivered', 'retry', 'excused', 'dead', 'crash'] as const
  const steps = fc.array(fc.constantFrom(...endings, 'say', 'failed receipt'), { maxLength: 25 })
  let contact = 0
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const alias = `fifo ${++contact}`
      await say(alias, 'first')
      let newest = 0
      for (const [n, step] of plan.entries()) {
        if (step === 'say') await say(alias, `said ${n}`, `and ${n}`)
        else if (step === 'failed receipt') await store.applyReceipts([receipt('failed', { providerId: `${alias} 0` })])
        else {
          const { sends } = await claim()
          expect(sends.length).toBeLessThanOrEqual(1)
          const [sending] = sends
          if (!sending) continue
          expect((await claim()).sends).toEqual([])
          expect(sending.seq).toBeGreaterThanOrEqual(newest)
          newest = sending.seq
          if (step === 'crash') {
            await store.close()
            store = await openStore({ folder: temporary.folder, clock })
          } else if (step === 'delivered') {
            await store.settleSend(sending.seq, { state: 'delivered', providerId: `${alias} ${n}` })
          } else if (step === 'dead') await store.settleSend(sending.seq, { state: 'dead', error: 'no' })
          else
            await store.settleSend(sending.seq, {
              state: 'retry',
              at: clock.now(),
              error: 'x',
              excused: step === 'excused',
            })
        }
      }
      await store.delivered(await conversationOf(alias), Number.MAX_SAFE_INTEGER)
    }),
    { numRuns: 40 },
  )
})
