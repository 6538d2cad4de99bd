import { tree } from '@copse/engine'
import { deed, did, ofCase } from './deeds.ts'
import { decideBy, otherwise } from './facts.ts'
import { askForOrder, fieldsAt, lookForOrder, orderNotThere } from './find-order.ts'
import { ended, endings, orderAliases, orderIs, over } from './orders.ts'
import { both, choice, correct, fellSilent, goodbye, menu, nudgeThenEnd, pass, tell } from './words.ts'

/** The order is looked for as a part of this, with fields of its own. */
const part = {
  field: 'order__',
  opening: [
    'where is my order',
    'order status',
    'track my order',
    'tracking',
    'has my order been sent',
    'when will my order arrive',
    'dónde está mi pedido',
    'estado de mi pedido',
    'seguimiento',
    'cuándo llega mi pedido',
  ],
}
const waiting = { person: '$person', silence: '$silent_end' } as const
const corrected = { 'correct:order__order_id': '$correct', 'correct:order__merchant_name': '$correct' } as const
const asked = { failure: '$handoff', ...waiting, ...corrected } as const

/** procedures/order-status.procedure.yaml, built by hand. */
export const orderStatus = tree('order_status', { version: '1.0', aliases: orderAliases }, (b) =>
  b.stages(
    null,
    {
      initial: 'order',
      exits: {
        order: { success: 'order.ask', failure: 'done' },
        'order.ask': { success: 'order.look', failure: '$handoff', ...waiting },
        'order.look': {
          success: 'order.end',
          no: 'order.not_there',
          unavailable: '$unavailable',
          not_identified: '$unidentified',
          failure: 'order.not_there',
          ...waiting,
          ...corrected,
        },
        'order.not_there': {
          try_again: 'order.ask',
          ask_a_person: '$handoff',
          leave_it: 'order.given_up',
          ...asked,
        },
        'order.given_up': { success: 'done' },
        'order.end': { success: 'where_it_is', failure: 'done' },
        where_it_is: {
          delivered: 'delivered',
          on_its_way: 'on_its_way',
          in_preparation: 'in_preparation',
          done: 'done',
          ...otherwise('ask_a_person'),
        },
        delivered: {
          yes_i_have_it: 'done',
          no_it_never_came: 'ask_a_person',
          ...asked,
        },
        on_its_way: {
          no_thank_you: 'done',
          it_is_late: 'ask_a_person',
          ...asked,
        },
        in_preparation: {
          that_is_fine: 'done',
          i_cannot_wait: 'ask_a_person',
          ...asked,
        },
        ask_a_person: { ...did('done', '$handoff', '$unavailable'), ...waiting },
        done: over,
        $correct: { 'to:order.ask': 'order.ask', handoff: '$corrected', failure: '$corrected' },
        ...ended,
        $silent_end: over,
      },
    },
    b.do('order', pass, { step: 'order', title: 'Which order', scope: part.field, values: [] }),
    askForOrder(b, 'order.ask', part),
    lookForOrder(b, 'order.look', part),
    orderNotThere(b, 'order.not_there', part),
    tell(b, 'order.given_up', 'Given up', 'All right.', 'De acuerdo.'),
    b.do('order.end', pass, {
      step: 'order',
      title: 'Which order',
      values: [{ to: 'order_data', source: 'order__order_data', required: true }],
    }),
    decideBy(
      b,
      'where_it_is',
      'Where it is',
      ['delivered', 'Delivered', orderIs('delivered')],
      ['on_its_way', 'On its way', orderIs('shipped')],
      ['in_preparation', 'Not sent yet', orderIs('processing')],
      ['done', 'Cancelled', orderIs('cancelled')],
    ),
    menu(
      b,
      'delivered',
      'Delivered',
      both('Do you have it?', '¿Lo tiene ya?'),
      [
        choice(
          'yes_i_have_it',
          'The order has arrived',
          'Yes, I have it: yes, i do, have it, got it, arrived',
          'Sí, lo tengo: sí, lo tengo, ha llegado',
        ),
        choice(
          'no_it_never_came',
          'The order is said to be delivered but is not there',
          "No, it never came: no, never came, not here, missing, lost, didn't arrive",
          'No, no ha llegado: no ha llegado, perdido, no está',
        ),
      ],
      nudgeThenEnd,
    ),
    menu(
      b,
      'on_its_way',
      'On its way',
      both(
        'It should be with you within the next days. Is there anything else about it?',
        'Le llegará en los próximos días. ¿Necesita algo más sobre este pedido?',
      ),
      [
        choice(
          'no_thank_you',
          'The customer is content',
          'No, thank you: no, thanks, thank you, fine',
          'No, gracias: no gracias, gracias, nada',
        ),
        choice(
          'it_is_late',
          'The customer was told it would be here earlier',
          'It is late: late, too long, delayed, overdue',
          'Va con retraso: tarde, retraso, tarda',
        ),
      ],
      nudgeThenEnd,
    ),
    menu(
      b,
      'in_preparation',
      'In preparation',
      both(
        'We are still packing it and will write to you as soon as it leaves. Is that all right?',
        'Aún lo estamos preparando y le avisaremos en cuanto salga. ¿Le parece bien?',
      ),
      [
        choice(
          'that_is_fine',
          'The customer waits',
          'That is fine: yes, fine, okay, ok, all right, sure',
          'Está bien: sí, vale, de acuerdo, está bien',
        ),
        choice(
          'i_cannot_wait',
          'The customer does not want to wait',
          'I cannot wait: no, not wait, too long, cancel',
          'No quiero esperar: no quiero, cancelar, demasiado',
        ),
      ],
      nudgeThenEnd,
    ),
    deed(b, 'ask_a_person', 'To a person', 'escalate_to_supervisor', {
      needs: ofCase,
      gives: { reason: 'An order that somebody has to look for', priority: 'medium' },
      silence: nudgeThenEnd,
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
      fields: fieldsAt(part),
      askedBy: { order__order_id: ['order.ask'], order__merchant_name: ['order.ask'] },
      detours: {},
      steps: {
        'order.look': {
          reads: ['order__order_id', 'order__merchant_name'],
          writes: ['order__order_data', 'order__order_id'],
        },
        'order.end': { reads: ['order__order_data'], writes: ['order_data'] },
        where_it_is: { reads: ['order_status', 'order_data'] },
        ask_a_person: {
          reads: ['case_id', 'alert_data'],
          decidedBy: [
            'order',
            'order.not_there',
            'order.end',
            'where_it_is',
            'delivered',
            'on_its_way',
            'in_preparation',
          ],
        },
      },
    }),
    ...endings(b),
    fellSilent(b),
  ),
)
