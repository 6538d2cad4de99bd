import type { Field } from '@copse/contracts'
import { tree } from '@copse/engine'
import {
  ask,
  both,
  call,
  called,
  choice,
  correct,
  correctedTooLate,
  deadEnd,
  fellSilent,
  goodbye,
  menu,
  nobodyKnown,
  notAnswering,
  nudgeThenEnd,
  wantsPerson,
  type B,
} from './words.ts'

/** Where it stands in a tree: its own, or as a part of another, whose fields it must not touch. */
interface Place {
  field: string
  /** Phrases that open the procedure around it. */
  opening: string[]
}

export const fieldsAt = ({ field }: Place): [Field, Field] => [
  {
    key: `${field}order_id`,
    ...called('order number', 'número de pedido'),
    type: 'string',
    description: 'Order number',
    examples: ['ORD-123', 'ORD-789', 'order ORD-456'],
  },
  {
    key: `${field}merchant_name`,
    ...called('shop', 'tienda'),
    type: 'string',
    description: 'Shop or brand that the order is from',
    examples: ['TechMart', 'SportZone', 'HomeOffice Supplies'],
  },
]

export const askForOrder = <const N extends string>(b: B, name: N, place: Place) => {
  const fields = fieldsAt(place)
  return b.do(name, ask, {
    step: name,
    title: 'Which order',
    silence: nudgeThenEnd,
    say: both(
      'Let me look it up. What is the order number (like ORD-123), or the shop it is from?',
      'Voy a buscarlo. ¿Cuál es el número del pedido (por ejemplo, ORD-123), o de qué tienda es?',
    ),
    fields,
    required: [],
    requiredAny: [fields.map(({ key }) => key)],
    maxAttempts: 3,
    triggers: place.opening,
  })
}

export const lookForOrder = <const N extends string>(b: B, name: N, place: Place) => {
  const [orderId, shop] = fieldsAt(place)
  const looking = {
    step: name,
    title: 'Find the order',
    silence: nudgeThenEnd,
    saveMemory: false,
    ...(place.field === '' ? {} : { scope: place.field }),
  }
  return b.if(
    name,
    { branches: [{ op: 'exists', field: orderId.key }] },
    b.do('call:lookup_order', call, {
      ...looking,
      operation: 'lookup_order',
      arguments: [{ param: 'order_id', source: orderId.key }],
    }),
    b.do('call:search_orders', call, {
      ...looking,
      operation: 'search_orders',
      arguments: [{ param: 'merchant_name', source: shop.key }],
    }),
  )
}

export const orderNotThere = <const N extends string>(b: B, name: N, place: Place) =>
  menu(
    b,
    name,
    'Order not found',
    both(
      'I could not find that among your orders. Shall we try again?',
      'No lo encuentro entre sus pedidos. ¿Lo intentamos de nuevo?',
    ),
    [
      choice(
        'try_again',
        'The customer gives the order once more, or another one',
        'Try again: try, again, another, yes, sure',
        'Intentarlo de nuevo: otra vez, de nuevo, sí, vale',
        fieldsAt(place),
      ),
      choice(
        'ask_a_person',
        'The customer wants help from a person',
        'Ask a person: help, person, someone, human',
        'Con una persona: ayuda, persona',
      ),
      choice(
        'leave_it',
        'The customer gives up',
        'Leave it: no, never mind, leave it, forget it',
        'Dejarlo: no gracias, déjelo, nada',
      ),
    ],
    nudgeThenEnd,
  )

const alone: Place = { field: '', opening: [] }
const waiting = { person: '$person', silence: '$silent_end' } as const
const corrected = { 'correct:order_id': '$correct', 'correct:merchant_name': '$correct' } as const

/** procedures/find-order.procedure.yaml, built by hand. */
export const findOrder = tree('find_order', { version: '1.0' }, (b) =>
  b.stages(
    null,
    {
      initial: 'ask',
      exits: {
        ask: { success: 'look', failure: '$handoff', ...waiting },
        look: {
          success: 'end',
          no: 'not_there',
          unavailable: '$unavailable',
          not_identified: '$unidentified',
          failure: 'not_there',
          ...waiting,
          ...corrected,
        },
        not_there: {
          try_again: 'ask',
          ask_a_person: '$handoff',
          leave_it: 'given_up',
          failure: '$handoff',
          ...waiting,
          ...corrected,
        },
        given_up: { success: 'end' },
        $correct: { 'to:ask': 'ask', handoff: '$corrected', failure: '$corrected' },
        $handoff: { success: 'end' },
        $unavailable: { success: 'end' },
        $person: { success: 'end' },
        $unidentified: { success: 'end' },
        $corrected: { success: 'end' },
        $silent_end: { success: 'end' },
      },
    },
    askForOrder(b, 'ask', alone),
    lookForOrder(b, 'look', alone),
    orderNotThere(b, 'not_there', alone),
    goodbye(b, 'given_up', 'Given up', 'not_found', 'All right.', 'De acuerdo.'),
    b.do('$correct', correct, {
      step: '$correct',
      fields: fieldsAt(alone),
      askedBy: { order_id: ['ask'], merchant_name: ['ask'] },
      detours: {},
      steps: { look: { reads: ['order_id', 'merchant_name'], writes: ['order_data', 'order_id'] } },
    }),
    deadEnd(b),
    notAnswering(b),
    wantsPerson(b),
    nobodyKnown(b),
    correctedTooLate(b),
    fellSilent(b),
  ),
)
