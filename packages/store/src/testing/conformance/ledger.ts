import type { BegunTurn, EffectIntent, EffectOutcome, JournalEntry, Store, Verdict } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, bury, commit, nextTurn, session } from '../turns.ts'

const refund = (order: string) => ({ naturalKey: order })

export function ledger(open: OpenStore): void {
  describe('ledger', () => {
    let store: Store
    let turn: BegunTurn
    eachWith(open, (fresh) => (store = fresh))
    beforeEach(async () => {
      turn = await beginTurn(store, 'ana')
    })

    const ok: EffectOutcome = { status: 'ok', data: { refund: 'R1' } }
    const uncertain: EffectOutcome = { status: 'uncertain', code: 'cut', reason: 'cut in the middle' }
    const unavailable: EffectOutcome = { status: 'unavailable', code: 'refused', reason: 'nobody there' }

    let seq = 0
    const entry = (kind: 'intent' | 'outcome', key: string): JournalEntry => ({
      seq: ++seq,
      kind,
      key,
      name: 'refund',
      argsHash: 'a1',
    })
    const intent = (key: string, more: Partial<EffectIntent> = {}): EffectIntent => ({
      turnId: turn.id,
      key,
      node: 'refund/pay',
      visit: 3,
      name: 'refund',
      args: { order: 'O1' },
      argsHash: 'a1',
      policy: 'idempotent',
      ...more,
    })
    const begin = (key: string, more: Partial<EffectIntent> = {}) =>
      store.beginEffect(intent(key, more), [entry('intent', key)])
    const settle = (key: string, outcome: EffectOutcome) =>
      store.settleEffect(turn.id, { ...entry('outcome', key), outcome })

    test('an intent is durable with every entry before it, and its outcome after it', async () => {
      const model: JournalEntry = { ...entry('outcome', 'model'), outcome: { status: 'ok', data: { label: 'refund' } } }
      const wanted = entry('intent', 'k1')
      expect(await store.beginEffect(intent('k1'), [model, wanted])).toEqual({ state: 'begun' })
      expect((await nextTurn(store, turn.contact.id))!.recorded).toEqual([model, wanted])
      const done = { ...entry('outcome', 'k1'), outcome: ok }
      await store.settleEffect(turn.id, done)
      expect((await nextTurn(store, turn.contact.id))!.recorded).toEqual([model, wanted, done])
      expect(await store.effects()).toMatchObject([
        { key: 'k1', name: 'refund', args: { order: 'O1' }, state: 'done', outcome: ok, attempts: 1 },
      ])
    })

    describe('the same key again', () => {
      test('is not done again once it was done', async () => {
        await begin('k1')
        await settle('k1', ok)
        expect(await begin('k1')).toEqual({ state: 'recorded', outcome: ok })
      })

      test('is a mismatch with other arguments', async () => {
        await begin('k1')
        await settle('k1', ok)
        expect(await begin('k1', { argsHash: 'a2' })).toEqual({ state: 'mismatch' })
      })

      test('begins afresh after it certainly was not done', async () => {
        await begin('k1')
        await settle('k1', unavailable)
        expect(await begin('k1')).toEqual({ state: 'begun' })
        expect(await store.effects()).toMatchObject([{ state: 'intent', attempts: 2 }])
      })

      test('is unsettled while an earlier try may have happened', async () => {
        await begin('k1')
        expect(await begin('k1')).toEqual({ state: 'unsettled' })
        await settle('k1', uncertain)
        expect(await begin('k1')).toEqual({ state: 'unsettled' })
      })
    })

    describe('the same natural key under another key', () => {
      test('returns the first success', async () => {
        await begin('k1', refund('O1'))
        await settle('k1', ok)
        expect(await begin('k2', refund('O1'))).toEqual({ state: 'repeated', outcome: ok })
        expect(await begin('k3', refund('O2'))).toEqual({ state: 'begun' })
        expect(await begin('k4', { ...refund('O1'), name: 'store_credit' })).toEqual({ state: 'begun' })
      })

      test('is blocked while the first may have happened, free when it certainly did not', async () => {
        await begin('k1', refund('O1'))
        expect(await begin('k2', refund('O1'))).toEqual({ state: 'blocked' })
        await settle('k1', uncertain)
        expect(await begin('k2', refund('O1'))).toEqual({ state: 'blocked' })
        await settle('k1', unavailable)
        expect(await begin('k2', refund('O1'))).toEqual({ state: 'begun' })
      })
    })

    describe('an intent without an outcome', () => {
      test('is uncertain, and visible, once its turn is buried or committed', async () => {
        await begin('k1')
        await bury(store, turn)
        expect(await store.effects({ state: 'uncertain' })).toMatchObject([{ key: 'k1' }])
        turn = await beginTurn(store, 'bea')
        await begin('k2')
        await commit(store, turn, { session: session('s1', { status: 'faulted' }) })
        expect(await store.effects({ sessionId: 's1' })).toMatchObject([{ key: 'k2', state: 'uncertain' }])
        expect((await store.counts()).uncertainEffects).toBe(2)
      })
    })

    const resolve = (verdict: Verdict) => store.resolveEffect('k1', verdict, 'op', 'looked it up')

    describe('an uncertain effect', () => {
      beforeEach(async () => {
        await begin('k1', { naturalKey: 'O1' })
        await settle('k1', uncertain)
      })

      test('that a person confirmed is done with that outcome, for its own key and for the same thing', async () => {
        await resolve({ verdict: 'confirmed', outcome: { status: 'ok', data: { refund: 'R9' } } })
        const outcome = { status: 'ok', data: { refund: 'R9' } }
        expect(await begin('k1', { naturalKey: 'O1' })).toEqual({ state: 'recorded', outcome })
        expect(await begin('k2', { naturalKey: 'O1' })).toEqual({ state: 'repeated', outcome })
      })

      test('that did not happen is a no, and blocks nothing any more', async () => {
        await resolve({ verdict: 'failed' })
        expect(await store.effects()).toMatchObject([{ state: 'no', outcome: { code: 'resolved_failed' } }])
        expect(await begin('k2', { naturalKey: 'O1' })).toEqual({ state: 'begun' })
      })

      test('that may be tried again is begun under the same key', async () => {
        await resolve({ verdict: 'retry' })
        expect(await begin('k1', { naturalKey: 'O1' })).toEqual({ state: 'begun' })
      })

      test('is resolved once, and only while it is uncertain', async () => {
        await resolve({ verdict: 'failed' })
        await expect(resolve({ verdict: 'retry' })).rejects.toMatchObject({ code: 'not_ready' })
        await expect(store.resolveEffect('k9', { verdict: 'retry' }, 'op', 'x')).rejects.toMatchObject({
          code: 'not_found',
        })
      })
    })
  })
}
