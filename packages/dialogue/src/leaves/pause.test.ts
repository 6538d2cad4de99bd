import { beforeEach, describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure, sequence } from '../testing/talk.ts'

const order = { key: 'order_id', title: 'order number', description: 'Order number', examples: ['ORD-123', 'ORD-9'] }
const shop = { key: 'shop_name', title: 'shop', description: 'Name of the shop', examples: ['Northwind'] }

const open = (language = 'en') =>
  openTalk({
    language,
    operations: [
      [
        {
          name: 'find',
          effect: 'read',
          params: { order_id: { type: 'string', required: true } },
          writes: [{ field: 'found' }],
        },
        ({ order_id }) => ({ status: 'ok', data: { order_id: order_id ?? null } }),
      ],
    ],
    procedures: [
      procedure('help', {
        ask: {
          node: leaf('collect', {
            say: { en: 'Which?' },
            fields: [order, shop],
            required: ['order_id'],
            triggers: ['help'],
          }),
          exits: { success: 'look', failure: 'end' },
        },
        look: {
          node: sequence(
            leaf('call', { operation: 'find', arguments: [{ param: 'order_id', source: 'order_id' }] }),
            leaf('pause', {
              say: { en: 'Is it {{found.order_id}}?', es: '¿Es {{found.order_id}}?' },
              fields: [order, shop],
              uses: ['order_id', 'found'],
            }),
          ),
          exits: { success: 'done', correct: 'ask', failure: 'lost', person: 'lost' },
        },
        done: { node: leaf('end', { say: { en: 'Done with {{found.order_id}}.' } }), exits: { end: 'end' } },
        lost: { node: leaf('handoff', { say: { en: 'A person.' }, reason: 'lost' }), exits: { success: 'end' } },
      }),
    ],
  })

describe('the pause after a call', () => {
  let talk: ReturnType<typeof open>
  beforeEach(async () => {
    talk = open()
    expect(await talk.say('help with ORD-1')).toMatchObject({ text: 'Is it ORD-1?', options: ['Yes', 'No'] })
  })

  it.each(['yes', '1', 'Yes!', 'yes, ORD-1', 'yes, the one from Northwind'])('goes on at «%s»', async (text) => {
    expect((await talk.say(text)).text).toBe('Done with ORD-1.')
  })

  it.each(['ORD-2', 'no, I meant ORD-2', 'yes, and ORD-2'])('goes back with another value, «%s»', async (text) => {
    expect(await talk.say(text)).toMatchObject({ text: 'Is it ORD-2?', decided: { reply: 'other' } })
  })

  it.each(['no', '2', 'yes but not that one', 'I meant the yoga mat'])(
    'withdraws what it used at «%s», and asks anew',
    async (text) => {
      expect(await talk.say(text)).toMatchObject({ text: 'Which?', step: 'collect' })
      expect(talk.known()['order_id']?.unconfirmed).toBe(true)
      expect(talk.known()['found']?.unconfirmed).toBe(true)
    },
  )

  it('asks again, says why, and gives up after three', async () => {
    expect((await talk.say('maybe')).text).toBe('Sorry, I need a yes or a no. Is it ORD-1?')
    expect((await talk.say('can you explain please')).status).toBe('waiting')
    expect(await talk.say('hm')).toMatchObject({ text: 'A person.', status: 'escalated' })
  })

  it('hears who wants a person, whatever else is said', async () => {
    expect(await talk.say('ok, get me a supervisor')).toMatchObject({ text: 'A person.', status: 'escalated' })
  })

  it('asks again in the language of the customer', async () => {
    const spanish = open('es')
    await spanish.say('help ORD-1')
    expect((await spanish.say('quizás')).text).toBe('Disculpe, necesito un sí o un no. ¿Es ORD-1?')
  })
})
