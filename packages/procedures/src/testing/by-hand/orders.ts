/** A customer's order, as refunds and complaints speak of it. */
import type { Field } from '@copse/contracts'
import { deed } from './deeds.ts'
import { is, known } from './facts.ts'
import { fieldsAt } from './find-order.ts'
import {
  ask,
  both,
  call,
  called,
  correctedTooLate,
  deadEnd,
  nobodyKnown,
  notAnswering,
  pause,
  tell,
  wantsPerson,
  type B,
  type Texts,
} from './words.ts'

export const orderFields: Field[] = [
  ...fieldsAt({ field: '', opening: [] }),
  {
    key: 'item_description',
    ...called('item', 'artículo'),
    type: 'string',
    description: 'What was bought',
    examples: ['headphones', 'running shoes', 'laptop stand'],
  },
  {
    key: 'amount',
    ...called('amount', 'importe'),
    type: 'amount',
    description: 'What it cost',
    examples: ['$80', 'about 50 dollars', '150'],
  },
]
export const toldOfOrder = orderFields.map(({ key }) => key)

/** Other names of what is known of an order. */
export const days = 'days_since_delivery'
export const orderAliases = { order_status: 'order_data.status', [days]: `order_data.${days}` }
export const orderIs = (status: string) => is('order_status', '==', status)

export const orderCorrected = {
  'correct:order_id': '$correct',
  'correct:merchant_name': '$correct',
  'correct:item_description': '$correct',
  'correct:amount': '$correct',
} as const

/** Any of the four will do. */
export const askWhichOrder = <const N extends string>(b: B, name: N, triggers: string[], text: Texts) =>
  b.do(name, ask, {
    step: name,
    title: 'Which order',
    say: text,
    fields: orderFields,
    required: [],
    requiredAny: [toldOfOrder],
    maxAttempts: 3,
    triggers,
  })

/** By its number if there is one, else by the rest; then the customer says whether it is the one. */
export function findAndShow<const N extends string>(b: B, name: N) {
  const speaking = { step: name, title: 'Find the order' }
  const by = (operation: string, ...fields: string[]) =>
    b.do(`call:${operation}`, call, {
      ...speaking,
      operation,
      arguments: fields.map((field) => ({ param: field, source: field })),
      saveMemory: false,
    })
  const [number = '', ...rest] = toldOfOrder
  return b.sequence(
    name,
    b.if('tools', { branches: [known(number)] }, by('lookup_order', number), by('search_orders', ...rest)),
    b.do(null, pause, {
      ...speaking,
      say: both('Is that the order you mean?', '¿Es ese el pedido?'),
      fields: orderFields,
      uses: [...toldOfOrder, 'order_data'],
      maxAttempts: 3,
    }),
  )
}
/** Where it leads when it was not found, is not the one, or nobody answered. */
export const notFound = {
  no: 'order_not_found',
  not_identified: '$unidentified',
  correct: { to: 'ask_order', return: true },
  failure: '$handoff',
  person: '$person',
} as const

const thisOrder = { order_id: 'order_data.order_id' }
export const payBack = <const N extends string>(b: B, name: N, reason: string, confirmed?: true) =>
  deed(b, name, 'Refund', 'issue_refund', { needs: thisOrder, gives: { reason }, ...(confirmed ? { confirmed } : {}) })
export const giveCredit = <const N extends string>(b: B, name: N, reason: string) =>
  deed(b, name, 'Store credit', 'issue_store_credit', { needs: thisOrder, gives: { reason }, confirmed: true })

/** True whether it went through or not. */
export const paymentsSilent = <const N extends string>(b: B, name: N) =>
  tell(
    b,
    name,
    'Payments not reachable',
    'Our payment system is not answering, so I cannot tell you yet whether this went through. Nothing will be paid twice.',
    'Nuestro sistema de pagos no responde, así que aún no puedo decirle si se ha completado. Nada se pagará dos veces.',
  )

export const over = { success: 'end' } as const
/** However it goes wrong, a person goes on; what each says is ours. */
export const endings = (b: B) =>
  [deadEnd(b), notAnswering(b), wantsPerson(b), nobodyKnown(b), correctedTooLate(b)] as const
export const ended = {
  $handoff: over,
  $unavailable: over,
  $person: over,
  $unidentified: over,
  $corrected: over,
} as const
