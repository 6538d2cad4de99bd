import { tree } from '@copse/engine'
import { askForOrder, fieldsAt, lookForOrder, orderNotThere } from './find-order.ts'
import {
  both,
  call,
  correct,
  correctedTooLate,
  deadEnd,
  decide,
  end,
  fellSilent,
  menu,
  missing,
  nobodyKnown,
  notAnswering,
  nudgeThenEnd,
  pass,
  say,
  wantsPerson,
} from './words.ts'

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
const isNow = (status: string) => ({ op: 'compare' as const, field: 'order_status', is: '==' as const, value: status })
const aliases = { order_status: 'order_data.status', days_since_delivery: 'order_data.days_since_delivery' }

/** procedures/order-status.procedure.yaml, built by hand. */
export const orderStatus = tree('order_status', { version: '1.0', aliases }, (b) => {
  const asking = { step: 'ask_a_person', title: 'To a person' }
  return b.stages(
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
          failure: '$handoff',
          ...waiting,
          ...corrected,
        },
        'order.given_up': { success: 'done' },
        'order.end': { success: 'where_it_is', failure: 'done' },
        where_it_is: {
          delivered: 'delivered',
          on_its_way: 'on_its_way',
          in_preparation: 'in_preparation',
          done: 'done',
          else: 'ask_a_person',
          failure: 'ask_a_person',
        },
        delivered: {
          yes_i_have_it: 'done',
          no_it_never_came: 'ask_a_person',
          failure: '$handoff',
          ...waiting,
          ...corrected,
        },
        on_its_way: {
          no_thank_you: 'done',
          it_is_late: 'ask_a_person',
          failure: '$handoff',
          ...waiting,
          ...corrected,
        },
        in_preparation: {
          that_is_fine: 'done',
          i_cannot_wait: 'ask_a_person',
          failure: '$handoff',
          ...waiting,
          ...corrected,
        },
        ask_a_person: {
          success: 'done',
          no: '$handoff',
          unavailable: '$unavailable',
          uncertain: '$unavailable',
          missing: '$handoff',
          missing_argument: '$handoff',
          failure: '$handoff',
          ...waiting,
        },
        done: { success: 'end' },
        $correct: { 'to:order.ask': 'order.ask', handoff: '$corrected', failure: '$corrected' },
        $handoff: { success: 'end' },
        $unavailable: { success: 'end' },
        $person: { success: 'end' },
        $unidentified: { success: 'end' },
        $corrected: { success: 'end' },
        $silent_end: { success: 'end' },
      },
    },
    b.do('order', pass, { step: 'order', title: 'Which order', scope: part.field, values: [] }),
    askForOrder(b, 'order.ask', part),
    lookForOrder(b, 'order.look', part),
    orderNotThere(b, 'order.not_there', part),
    b.do('order.given_up', say, {
      step: 'order.given_up',
      title: 'Given up',
      say: both('All right.', 'De acuerdo.'),
      options: [],
    }),
    b.do('order.end', pass, {
      step: 'order',
      title: 'Which order',
      values: [{ to: 'order_data', source: 'order__order_data', required: true }],
    }),
    b.do('where_it_is', decide, {
      step: 'where_it_is',
      title: 'Where it is',
      branches: [
        { when: isNow('delivered'), exit: 'delivered', title: 'Delivered' },
        { when: isNow('shipped'), exit: 'on_its_way', title: 'On its way' },
        { when: isNow('processing'), exit: 'in_preparation', title: 'Not sent yet' },
        { when: isNow('cancelled'), exit: 'done', title: 'Cancelled' },
      ],
      otherwise: 'else',
    }),
    menu(
      b,
      'delivered',
      'Delivered',
      both('Do you have it?', '¿Lo tiene ya?'),
      [
        {
          id: 'yes_i_have_it',
          en: 'Yes, I have it',
          es: 'Sí, lo tengo',
          means: 'The order has arrived',
          words: ['yes', 'i do', 'have it', 'got it', 'arrived', 'sí', 'lo tengo', 'ha llegado'],
        },
        {
          id: 'no_it_never_came',
          en: 'No, it never came',
          es: 'No, no ha llegado',
          means: 'The order is said to be delivered but is not there',
          words: [
            'no',
            'never came',
            'not here',
            'missing',
            'lost',
            "didn't arrive",
            'no ha llegado',
            'perdido',
            'no está',
          ],
        },
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
        {
          id: 'no_thank_you',
          en: 'No, thank you',
          es: 'No, gracias',
          means: 'The customer is content',
          words: ['no', 'thanks', 'thank you', 'fine', 'no gracias', 'gracias', 'nada'],
        },
        {
          id: 'it_is_late',
          en: 'It is late',
          es: 'Va con retraso',
          means: 'The customer was told it would be here earlier',
          words: ['late', 'too long', 'delayed', 'overdue', 'tarde', 'retraso', 'tarda'],
        },
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
        {
          id: 'that_is_fine',
          en: 'That is fine',
          es: 'Está bien',
          means: 'The customer waits',
          words: ['yes', 'fine', 'okay', 'ok', 'all right', 'sure', 'sí', 'vale', 'de acuerdo', 'está bien'],
        },
        {
          id: 'i_cannot_wait',
          en: 'I cannot wait',
          es: 'No quiero esperar',
          means: 'The customer does not want to wait',
          words: ['no', 'not wait', 'too long', 'cancel', 'no quiero', 'cancelar', 'demasiado'],
        },
      ],
      nudgeThenEnd,
    ),
    b.if(
      'ask_a_person',
      { branches: [{ op: 'exists', field: 'case_id' }] },
      b.do('call:escalate_to_supervisor', call, {
        ...asking,
        silence: nudgeThenEnd,
        operation: 'escalate_to_supervisor',
        arguments: [
          { param: 'case_id', source: 'case_id' },
          { param: 'reason', value: 'An order that somebody has to look for' },
          { param: 'priority', value: 'medium' },
        ],
        saveMemory: false,
      }),
      b.do(null, missing, { ...asking, fields: ['case_id'] }),
    ),
    b.do('done', end, {
      step: 'done',
      title: 'Goodbye',
      outcome: 'resolved',
      say: both('Write to me any time if there is anything else.', 'Escríbame cuando quiera si necesita algo más.'),
    }),
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
    deadEnd(b),
    notAnswering(b),
    wantsPerson(b),
    nobodyKnown(b),
    correctedTooLate(b),
    fellSilent(b),
  )
})
