import { beforeEach, describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure, sequence } from '../testing/talk.ts'

const orders = [
  { order_id: 'ORD-1', title: 'Hiking Boots, $129.99', paid: 'credit card', street: 'Elm Street' },
  { order_id: 'ORD-2', title: 'Yoga Mat, $34.50', paid: 'voucher', street: 'Oak Street' },
]
const open = () =>
  openTalk({
    operations: [
      [
        {
          name: 'search',
          effect: 'read',
          writes: [{ field: 'order', single: true }],
          options: { list: 'orders', id: 'order_id', title: '{{title}}' },
          summary: { en: { ok: 'I found {{orders.0.order_id}}.' } },
        },
        () => ({ status: 'ok', data: { orders } }),
      ],
    ],
    procedures: [
      procedure('help', {
        look: {
          node: sequence(
            leaf('call', { operation: 'search' }),
            leaf('pause', { say: { en: 'Is that it?' }, fields: [], uses: [] }),
          ),
          exits: { success: 'done', no: 'none', person: 'person', failure: 'person', correct: 'none' },
        },
        done: { node: leaf('end', { say: { en: 'Done with {{order.order_id}}.' } }), exits: { end: 'end' } },
        none: { node: leaf('end', { say: { en: 'None then.' } }), exits: { end: 'end' } },
        person: { node: leaf('handoff', { say: { en: 'A person.' }, reason: 'x' }), exits: { success: 'end' } },
      }),
    ],
  })

describe('several matches', () => {
  let talk: ReturnType<typeof open>
  beforeEach(async () => {
    talk = open()
    expect((await talk.say('help')).options).toEqual(['Hiking Boots, $129.99', 'Yoga Mat, $34.50'])
  })

  it.each(['2', 'the second one', 'la segunda', 'the last', 'yoga mat, $34.50', 'the yoga one', 'ORD-2'])(
    'are chosen from by «%s», which counts as the reply at the pause',
    async (text) => {
      expect((await talk.say(text)).text).toBe('I found ORD-2. Done with ORD-2.')
    },
  )

  it('are chosen from by a tap', async () => {
    expect((await talk.tap('ORD-1')).text).toBe('I found ORD-1. Done with ORD-1.')
  })

  it.each(['can I have credit', 'yes', 'the one to Elm street', 'hm', 'not the boots', 'boots or the yoga one'])(
    'are not chosen from by «%s»',
    async (text) => {
      expect(await talk.say(text)).toMatchObject({ text: 'Sorry, which of these is it?', status: 'waiting' })
    },
  )

  it.each(['no', 'neither', 'none of these'])('are left at «%s»', async (text) => {
    expect((await talk.say(text)).text).toBe('None then.')
  })

  it('are left after three replies that choose none', async () => {
    await talk.say('hm')
    await talk.say('hm')
    expect((await talk.say('hm')).text).toBe('None then.')
  })

  it('are left for a person', async () => {
    expect(await talk.say('talk to someone please')).toMatchObject({ text: 'A person.', status: 'escalated' })
  })
})

it('who wants none of what was found is asked anew for what it was found by', async () => {
  const search = {
    name: 'search',
    effect: 'read' as const,
    params: { shop: { type: 'string' as const } },
    writes: [{ field: 'order', single: true }],
    options: { list: 'orders', id: 'order_id', title: '{{title}}' },
  }
  const shop = { key: 'shop', title: 'shop', examples: ['TechMart'] }
  const talk = openTalk({
    operations: [[search, () => ({ status: 'ok', data: { orders } })]],
    procedures: [
      procedure('help', {
        ask: {
          node: leaf('collect', { say: { en: 'Which shop?' }, triggers: ['help'], fields: [shop], required: ['shop'] }),
          exits: { success: 'look', failure: 'end', person: 'end' },
        },
        look: {
          node: leaf('call', { operation: 'search', arguments: [{ param: 'shop', source: 'shop' }] }),
          exits: { success: 'end', no: 'ask', person: 'end', failure: 'end' },
        },
      }),
    ],
  })
  await talk.say('help')
  expect((await talk.say('SportZone')).options).toHaveLength(2)
  expect(await talk.say('none of these')).toMatchObject({ text: 'Which shop?', options: [] })
})
