import { tree } from '@copse/engine'
import { opening, whatHappened, whatKind } from './complaint-kind.ts'
import { offerApology, offerCheck, offerCredit, offerPatience, offerRefund, orderNotFound } from './complaint-offers.ts'
import { agreedOr, deed, did, ofCase, ofCustomer } from './deeds.ts'
import { all, any, decideBy, is, known, otherwise } from './facts.ts'
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
import { ask, both, correct, goodbye, tell } from './words.ts'

const storyCorrected = { 'correct:complaint_description': '$correct' } as const
const corrected = { ...storyCorrected, ...orderCorrected } as const
const waiting = { failure: '$handoff', person: '$person', ...corrected } as const
/** Money moves after a yes, and however that ends the case is closed or somebody sees to it. */
const settling = {
  ...did('close_case', 'escalate', 'payment_unavailable'),
  ...ofCustomer,
  ...agreedOr('$back'),
  ...corrected,
} as const
/** Steps that decide whether it comes to money, and those that decide whether it comes to anything else. */
const moneyBy = (...offers: string[]) => [
  'ask_complaint',
  'what_kind',
  'is_there_an_order',
  'ask_order',
  'find_order',
  'what_we_can_do',
  ...offers,
  'order_not_found',
]
const elseBy = (...answers: string[]) => [
  'ask_complaint',
  'find_order',
  'what_we_can_do',
  ...answers,
  'order_not_found',
]
const offers = ['offer_credit', 'offer_patience', 'offer_apology', 'offer_check']
const anyWay = elseBy('offer_refund', ...offers, 'pay_back', 'give_credit', 'take_note')
const orderAsked = ['ask_complaint', 'ask_order']

/** procedures/complaint.procedure.yaml, built by hand. */
export const complaint = tree('complaint', { version: '1.0', aliases: orderAliases }, (b) =>
  b.stages(
    null,
    {
      initial: 'ask_complaint',
      exits: {
        ask_complaint: { success: 'what_kind', failure: 'escalate', person: '$person' },
        what_kind: {
          offer_check: 'offer_check',
          offer_apology: 'offer_apology',
          which_order: 'which_order',
          ...otherwise('is_there_an_order'),
          person: '$person',
          ...corrected,
        },
        is_there_an_order: { find_order: 'find_order', ...otherwise('offer_apology') },
        which_order: { find_order: 'find_order', ...otherwise('ask_order') },
        ask_order: { success: 'find_order', failure: 'offer_apology', person: '$person', ...storyCorrected },
        find_order: { success: 'what_we_can_do', unavailable: 'orders_unavailable', ...notFound, ...corrected },
        what_we_can_do: {
          offer_refund: 'offer_refund',
          offer_credit: 'offer_credit',
          offer_patience: 'offer_patience',
          ...otherwise('escalate'),
        },
        offer_refund: { refund: 'pay_back', store_credit: 'give_credit', ask_a_supervisor: 'escalate', ...waiting },
        offer_credit: {
          store_credit: 'give_credit',
          ask_a_supervisor: 'escalate',
          no_thank_you: 'take_note',
          ...waiting,
        },
        offer_patience: { put_it_on_record: 'take_note', ask_a_supervisor: 'escalate', ...waiting },
        offer_apology: { put_it_on_record: 'take_note', ask_a_supervisor: 'escalate', ...waiting },
        offer_check: { have_it_checked: 'take_note', ask_a_supervisor: 'escalate', ...waiting },
        pay_back: settling,
        give_credit: settling,
        take_note: {
          ...did('close_case', 'escalate', '$unavailable'),
          missing: { to: 'ask_complaint', return: true },
        },
        order_not_found: {
          try_again: 'ask_order',
          go_on_without_it: 'offer_apology',
          ask_a_supervisor: 'escalate',
          ...waiting,
        },
        orders_unavailable: { success: '$handoff' },
        payment_unavailable: { success: '$handoff' },
        escalate: did('done', '$handoff', '$unavailable'),
        close_case: { ...did('end', 'done', 'done'), ...ofCustomer },
        done: over,
        $correct: {
          'to:ask_complaint': 'ask_complaint',
          'to:ask_order': 'ask_order',
          'to:find_order': 'find_order',
          'to:take_note': 'take_note',
          handoff: '$corrected',
          failure: '$corrected',
        },
        ...ended,
      },
    },
    b.do('ask_complaint', ask, {
      step: 'ask_complaint',
      title: 'What happened',
      say: both(
        'I am sorry that something went wrong. Please tell me what happened and, if it is about an order, which one.',
        'Lamento que algo haya salido mal. Cuénteme qué ha pasado y, si se trata de un pedido, cuál es.',
      ),
      fields: [whatHappened, ...orderFields],
      required: [whatHappened.key],
      requiredAny: [],
      maxAttempts: 3,
      triggers: opening,
    }),
    whatKind(b),
    decideBy(b, 'is_there_an_order', 'Anything to look up', [
      'find_order',
      'An order was mentioned',
      any(known('order_id'), known('merchant_name'), known('item_description')),
    ]),
    decideBy(b, 'which_order', 'Is the order known', [
      'find_order',
      'An order was mentioned',
      any(...toldOfOrder.map(known)),
    ]),
    askWhichOrder(
      b,
      'ask_order',
      opening,
      both(
        'Let me look at the order. Which one is it? The number (like ORD-123) is best, but the shop, the item or the amount will do too.',
        'Déjeme ver el pedido. ¿Cuál es? Lo mejor es el número (por ejemplo, ORD-123), pero también me sirve la tienda, el artículo o el importe.',
      ),
    ),
    findAndShow(b, 'find_order'),
    decideBy(
      b,
      'what_we_can_do',
      'What can be done',
      ['offer_refund', 'Can still be refunded', any(all(orderIs('delivered'), is(days, '<=', 30)), orderIs('shipped'))],
      ['offer_credit', 'Too late for a refund', all(orderIs('delivered'), is(days, '>', 30))],
      ['offer_patience', 'Not sent yet', orderIs('processing')],
    ),
    offerRefund(b),
    offerCredit(b),
    offerPatience(b),
    offerApology(b),
    offerCheck(b),
    payBack(b, 'pay_back', 'Complaint', true),
    giveCredit(b, 'give_credit', 'Complaint'),
    deed(b, 'take_note', 'Put it on record', 'add_case_note', {
      needs: { ...ofCase, note: whatHappened.key },
      say: both(
        'I have put your complaint on record, in your own words.',
        'He dejado constancia de su queja, con sus propias palabras.',
      ),
    }),
    orderNotFound(b),
    tell(
      b,
      'orders_unavailable',
      'Orders not reachable',
      'I cannot look up orders just now, because our system is not answering.',
      'Ahora mismo no puedo consultar los pedidos, porque nuestro sistema no responde.',
    ),
    paymentsSilent(b, 'payment_unavailable'),
    deed(b, 'escalate', 'To a supervisor', 'escalate_to_supervisor', {
      needs: ofCase,
      gives: { reason: 'Complaint that needs a person', priority: 'medium' },
    }),
    deed(b, 'close_case', 'Close the case', 'update_case_status', {
      needs: ofCase,
      gives: { status: 'resolved', notes: 'Complaint answered' },
      say: both(
        'Thank you for telling us, it helps us do better. Write to me any time if there is anything else.',
        'Gracias por avisarnos, nos ayuda a mejorar. Escríbame cuando quiera si necesita algo más.',
      ),
    }),
    goodbye(
      b,
      'done',
      'Goodbye',
      'resolved',
      'Thank you for telling us. Write to me any time if there is anything else.',
      'Gracias por avisarnos. Escríbame cuando quiera si necesita algo más.',
    ),
    b.do('$correct', correct, {
      step: '$correct',
      fields: [whatHappened, ...orderFields],
      askedBy: {
        [whatHappened.key]: ['ask_complaint'],
        ...Object.fromEntries(toldOfOrder.map((field) => [field, orderAsked])),
      },
      detours: { find_order: ['correct'], take_note: ['missing'] },
      // Another story is of another kind perhaps, and noted anew; another order is looked for, judged and settled anew.
      steps: {
        what_kind: { reads: [whatHappened.key], writes: ['complaint_kind'], weighs: true },
        is_there_an_order: { reads: ['order_id', 'merchant_name', 'item_description'] },
        which_order: { reads: toldOfOrder },
        find_order: { reads: toldOfOrder, writes: ['order_data', 'order_id'] },
        what_we_can_do: { reads: ['order_status', 'order_data', days] },
        offer_credit: { reads: [days, 'order_data'] },
        pay_back: { reads: ['order_data'], decidedBy: moneyBy('offer_refund') },
        give_credit: { reads: ['order_data'], decidedBy: moneyBy('offer_refund', 'offer_credit') },
        take_note: { reads: ['case_id', whatHappened.key], decidedBy: elseBy(...offers) },
        escalate: { reads: ['case_id', 'alert_data'], decidedBy: anyWay },
        close_case: { reads: ['case_id', 'order_data'], decidedBy: anyWay },
      },
    }),
    ...endings(b),
  ),
)
