import { tree } from '@copse/engine'
import { agreedOr, deed, did, ofCase, ofCustomer } from './deeds.ts'
import { all, decideBy, is, otherwise } from './facts.ts'
import {
  askWhichOrder,
  days,
  ended,
  endings,
  findAndShow,
  giveCredit,
  notFound,
  orderAliases,
  orderCorrected,
  orderFields,
  orderIs,
  over,
  payBack,
  paymentsSilent,
  toldOfOrder,
} from './orders.ts'
import { cancelledBefore, offerCancellation, offerCredit, orderNotFound } from './refund-offers.ts'
import { both, correct, goodbye, tell } from './words.ts'

const opening = [
  'refund',
  'money back',
  'return my order',
  'return an order',
  'cancel my order',
  'cancel order',
  'send it back',
  'reembolso',
  'devolución',
  'devolver',
  'devolver el dinero',
  'cancelar mi pedido',
  'cancelar el pedido',
]
const waiting = { failure: '$handoff', person: '$person', ...orderCorrected } as const
/** Which order it is decides what is done, and so do the `answers` given on the way. */
const decided = (...answers: string[]) => ['ask_order', 'check_order', ...answers, 'order_not_found']

/** procedures/refund.procedure.yaml, built by hand. */
export const refund = tree('refund', { version: '1.0', aliases: orderAliases }, (b) =>
  b.stages(
    null,
    {
      initial: 'ask_order',
      exits: {
        ask_order: { success: 'find_order', failure: 'order_unclear', person: '$person' },
        find_order: { success: 'check_order', unavailable: '$unavailable', ...notFound, ...orderCorrected },
        check_order: {
          pay_back: 'pay_back',
          offer_credit: 'offer_credit',
          offer_cancellation: 'offer_cancellation',
          already_cancelled: 'already_cancelled',
          ...otherwise('escalate'),
        },
        pay_back: { ...did('close_case', 'escalate', 'payment_unavailable'), ...ofCustomer },
        offer_cancellation: { cancel_the_order: 'cancel_order', keep_it: 'keep_order', ...waiting },
        cancel_order: { ...did('done', 'escalate', 'payment_unavailable'), ...ofCustomer },
        keep_order: over,
        already_cancelled: { yes_please: 'escalate', no_thank_you: 'done', ...waiting },
        offer_credit: { store_credit: 'give_credit', ask_a_supervisor: 'escalate', no_thank_you: 'done', ...waiting },
        give_credit: {
          ...did('close_case', 'escalate', 'payment_unavailable'),
          ...ofCustomer,
          ...agreedOr('$back'),
          ...orderCorrected,
        },
        order_not_found: { try_again: 'ask_order', ask_a_supervisor: 'escalate', leave_it: 'done', ...waiting },
        order_unclear: { success: 'escalate' },
        payment_unavailable: { success: '$handoff' },
        escalate: did('done', '$handoff', '$unavailable'),
        close_case: { ...did('end', 'done', 'done'), ...ofCustomer },
        done: over,
        $correct: {
          'to:ask_order': 'ask_order',
          'to:find_order': 'find_order',
          handoff: '$corrected',
          failure: '$corrected',
        },
        ...ended,
      },
    },
    askWhichOrder(
      b,
      'ask_order',
      opening,
      both(
        'Sure, let me find your order. The number (like ORD-123) is best, but the shop, the item or the amount will do too.',
        'Claro, vamos a buscar su pedido. Lo mejor es el número (por ejemplo, ORD-123), pero también me sirve la tienda, el artículo o el importe.',
      ),
    ),
    findAndShow(b, 'find_order'),
    decideBy(
      b,
      'check_order',
      'What the policy allows',
      ['pay_back', 'Delivered within the last 30 days', all(orderIs('delivered'), is(days, '<=', 30))],
      ['offer_credit', 'Delivered more than 30 days ago', all(orderIs('delivered'), is(days, '>', 30))],
      ['pay_back', 'On its way', orderIs('shipped')],
      ['offer_cancellation', 'Not sent yet', orderIs('processing')],
      ['already_cancelled', 'Cancelled already', orderIs('cancelled')],
    ),
    payBack(b, 'pay_back', 'Requested by the customer within the refund policy'),
    offerCancellation(b),
    deed(b, 'cancel_order', 'Cancel the order', 'update_case_status', {
      needs: ofCase,
      takes: { order_id: 'order_data.order_id' },
      gives: { status: 'cancelled', notes: 'Cancelled before it was sent' },
    }),
    goodbye(
      b,
      'keep_order',
      'Kept',
      'resolved',
      'All right, the order stays as it is and will be on its way soon. Write to me any time if you change your mind.',
      'De acuerdo, el pedido sigue su curso y saldrá pronto. Si cambia de idea, escríbame cuando quiera.',
    ),
    cancelledBefore(b),
    offerCredit(b),
    giveCredit(b, 'give_credit', 'Outside the refund window'),
    orderNotFound(b),
    tell(
      b,
      'order_unclear',
      'Order unclear',
      'I am sorry, I could not work out which order you mean.',
      'Lo siento, no he logrado saber de qué pedido se trata.',
    ),
    paymentsSilent(b, 'payment_unavailable'),
    deed(b, 'escalate', 'To a supervisor', 'escalate_to_supervisor', {
      needs: ofCase,
      gives: { reason: 'Refund that needs a person', priority: 'medium' },
    }),
    deed(b, 'close_case', 'Close the case', 'update_case_status', {
      needs: ofCase,
      takes: { order_id: 'order_data.order_id' },
      gives: { status: 'resolved', notes: 'Refund or store credit given' },
      say: both(
        'Thank you for your patience. Write to me any time if there is anything else.',
        'Gracias por su paciencia. Escríbame cuando quiera si necesita algo más.',
      ),
    }),
    goodbye(
      b,
      'done',
      'Goodbye',
      'resolved',
      'Write to me any time if there is anything else.',
      'Escríbame cuando quiera si necesita algo más.',
    ),
    b.do('$correct', correct, {
      step: '$correct',
      fields: orderFields,
      askedBy: Object.fromEntries(toldOfOrder.map((field) => [field, ['ask_order']])),
      detours: { find_order: ['correct'] },
      // Another order is looked for, judged and settled anew; whom a supervisor helps, and which case is closed, follows.
      steps: {
        find_order: { reads: toldOfOrder, writes: ['order_data', 'order_id'] },
        check_order: { reads: ['order_status', 'order_data', days] },
        pay_back: { reads: ['order_data'], decidedBy: decided() },
        cancel_order: { reads: ['case_id', 'order_data'], decidedBy: decided('offer_cancellation') },
        already_cancelled: { reads: ['order_data'] },
        offer_credit: { reads: [days, 'order_data'] },
        give_credit: { reads: ['order_data'], decidedBy: decided('offer_credit') },
        escalate: {
          reads: ['case_id', 'alert_data'],
          decidedBy: decided(
            'pay_back',
            'offer_cancellation',
            'cancel_order',
            'already_cancelled',
            'offer_credit',
            'give_credit',
          ),
        },
        close_case: {
          reads: ['case_id', 'order_data'],
          decidedBy: decided('pay_back', 'offer_credit', 'give_credit'),
        },
      },
    }),
    ...endings(b),
  ),
)
