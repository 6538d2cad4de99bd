import type { OperationOutcome } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure } from '../testing/talk.ts'

const order = { key: 'order_id', title: 'order number', description: 'Order number', examples: ['ORD-123'] }

const manifest = {
  name: 'pay',
  effect: 'idempotent' as const,
  customer: 'customer_id',
  naturalKey: ['order_id'],
  params: {
    order_id: { type: 'string' as const, required: true },
    customer_id: { type: 'string' as const, required: true },
  },
  summary: { en: { ok: 'Paid {{order_id}}.', repeated: 'Paid before.', no: 'Not possible.' } },
}

/** Collects an order and pays it back; the other side answers with this. */
const paying = (outcome: OperationOutcome) =>
  openTalk({
    operations: [[manifest, () => outcome]],
    procedures: [
      procedure('refund', {
        ask: {
          node: leaf('collect', { say: { en: 'Which?' }, fields: [order], required: ['order_id'] }),
          exits: { success: 'pay', failure: 'end' },
        },
        pay: {
          node: leaf('call', { operation: 'pay', arguments: [{ param: 'order_id', source: 'order_id' }] }),
          exits: { success: 'end', no: 'ask', unavailable: 'end' },
        },
      }),
    ],
  })

describe('calling', () => {
  it('names what it acts on together with the customer: one never gets what was done for another', async () => {
    const talk = paying({ status: 'ok', data: {} })
    expect(await talk.say('refund ORD-1')).toMatchObject({ text: 'Paid ORD-1.', status: 'completed' })
    expect(talk.effects).toMatchObject([{ name: 'pay', naturalKey: '"ann"/"ORD-1"' }])
  })

  it('asks under the same key when the message that opened the session is tried again as another turn', async () => {
    const first = paying({ status: 'ok', data: {} })
    await first.say('refund ORD-1', 'm-1')
    const redriven = paying({ status: 'ok', data: {} })
    await redriven.say('hello')
    await redriven.say('refund ORD-1', 'm-1')
    expect(redriven.effects.map(({ key }) => key)).toEqual(first.effects.map(({ key }) => key))
  })

  it('says that it was done before when the other side says so', async () => {
    const talk = paying({ status: 'ok', data: {}, repeated: true })
    expect(await talk.say('refund ORD-1')).toMatchObject({ text: 'Paid before.' })
  })

  it.each(['uncertain', 'unavailable'] as const)('never says that it was done when that is %s', async (status) => {
    const talk = paying({ status, code: 'cut', reason: 'The line went dead.' })
    const heard = await talk.say('refund ORD-1')
    expect(heard.text).not.toContain('Paid')
    expect(heard).toMatchObject(status === 'uncertain' ? { status: 'escalated', handoffs: [{}] } : { handoffs: [] })
    expect(talk.effects).toHaveLength(1)
  })

  it('asks anew for what the customer gave, once the other side has said no to it', async () => {
    const talk = paying({ status: 'no', code: 'not_found', reason: 'x' })
    expect(await talk.say('refund ORD-1')).toMatchObject({ text: 'Not possible. Which?', status: 'waiting' })
    expect(talk.known()['order_id']).toMatchObject({ value: 'ORD-1', unconfirmed: true })
  })
})
