import { tree } from '@copse/engine'
import {
  asks,
  atOnce,
  atOnceIfEmpty,
  button,
  callsOff,
  offers,
  offersList,
  sets,
  stateOf,
  tapped,
  tappedOneOf,
  task,
  tells,
} from './states.ts'
import { both, deadEnd, minutes, wantsPerson } from './words.ts'

const state = stateOf(
  [
    tapped('menu', 'MENU'),
    // A reminder is answered a day later, wherever the conversation is then.
    tapped('coming', 'SEE_YOU'),
    tappedOneOf('cancel_', 'event_id', 'CONFIRM_CANCEL'),
  ],
  {
    cut: { en: 'Haircut', es: 'Corte de pelo', minutes: 30 },
    colour: { en: 'Colour', es: 'Color', minutes: 90 },
    beard: { en: 'Beard', es: 'Barba', minutes: 20 },
  },
)

const everywhere = ['MENU', 'SEE_YOU', 'CONFIRM_CANCEL'] as const
/** Where a state can lead, beside where each of them can. */
const ways = <const To extends string>(
  ...to: To[]
): Record<string, To | (typeof everywhere)[number] | '$person' | '$handoff'> => ({
  ...Object.fromEntries([...to, ...everywhere].map((one) => [one, one])),
  person: '$person',
  failure: '$handoff',
})
const handoff = { handoff: '$handoff' } as const

/** procedures/hairdresser.flow.yaml, built by hand. */
export const hairdresser = tree('hairdresser', { version: '1' }, (b) =>
  b.stages(
    null,
    {
      initial: 'MENU',
      exits: {
        MENU: ways('SERVICE', 'APPOINTMENTS', 'PRICES'),
        SERVICE: ways('DAY', 'SERVICE'),
        DAY: { ...ways('HOUR', 'DAY', 'UNAVAILABLE'), ...handoff },
        HOUR: ways('DAY', 'CONFIRM', 'HOUR', 'UNAVAILABLE'),
        CONFIRM: ways('BOOKED', 'DAY', 'CONFIRM'),
        BOOKED: ways('end', 'NOT_BOOKED'),
        NOT_BOOKED: ways('HOUR'),
        APPOINTMENTS: ways('end', 'UNAVAILABLE'),
        CONFIRM_CANCEL: ways('CANCELLED'),
        CANCELLED: ways('end', 'NOT_CANCELLED'),
        NOT_CANCELLED: { ...ways(), ...handoff },
        PRICES: ways('SERVICE'),
        SEE_YOU: ways('end'),
        UNAVAILABLE: { ...ways(), ...handoff },
        '$task:reminder': { success: 'end', failure: 'end' },
        $handoff: { success: 'end' },
        $person: { success: 'end' },
      },
    },
    state(b, 'MENU', {
      does: offers(
        'Hello! What can I do for you?',
        '¡Hola! ¿Qué desea?',
        button('book', 'Book', 'Pedir cita'),
        button('mine', 'My appointments', 'Mis citas'),
        button('prices', 'Prices', 'Precios'),
      ),
      hears: [tapped('book', 'SERVICE'), tapped('mine', 'APPOINTMENTS'), tapped('prices', 'PRICES')],
      fallback: 'MENU',
      forgets: [
        'appointment',
        'appointments',
        'day',
        'day_title',
        'days',
        'event_id',
        'hour_title',
        'service',
        'service_en',
        'service_es',
        'service_minutes',
        'slot',
        'slots',
      ],
    }),
    state(b, 'SERVICE', {
      does: offers(
        'What shall it be?',
        '¿Qué servicio quiere?',
        button('service_cut', 'Haircut', 'Corte de pelo'),
        button('service_colour', 'Colour', 'Color'),
        button('service_beard', 'Beard', 'Barba'),
      ),
      hears: [tappedOneOf('service_', 'service', 'DAY')],
      fallback: 'SERVICE',
    }),
    state(b, 'DAY', {
      does: [
        asks(
          'get_available_days',
          { from_date: '{{today}}', service_duration_min: '{{service_minutes}}', lookahead_days: 14 },
          { as: 'days', onError: 'UNAVAILABLE' },
        ),
        offersList(
          'days',
          'day_',
          both('Which day suits you?', '¿Qué día le viene bien?'),
          both(
            'There is nothing free in the next two weeks. A colleague will find a solution with you.',
            'No queda nada libre en las próximas dos semanas. Una persona del equipo buscará una solución con usted.',
          ),
        ),
      ],
      hears: [atOnceIfEmpty('days', 'handoff'), tappedOneOf('day_', 'day', 'HOUR', { day_title: '{{message.title}}' })],
      fallback: 'DAY',
      isSorry: {},
    }),
    state(b, 'HOUR', {
      does: [
        asks(
          'get_slots_for_day',
          { date_str: '{{day}}', service_duration_min: '{{service_minutes}}' },
          { as: 'slots', onError: 'UNAVAILABLE' },
        ),
        offersList(
          'slots',
          'hour_',
          both('At what time?', '¿A qué hora?'),
          both('Nothing is left on that day.', 'Ese día ya no queda nada.'),
        ),
      ],
      hears: [
        atOnceIfEmpty('slots', 'DAY'),
        tappedOneOf('hour_', 'slot', 'CONFIRM', { hour_title: '{{message.title}}' }),
      ],
      fallback: 'HOUR',
      isSorry: {},
    }),
    state(b, 'CONFIRM', {
      does: offers(
        '{{service_en}}, {{day_title}}, {{hour_title}}. Shall I book it?',
        '{{service_es}}, {{day_title}}, {{hour_title}}. ¿Lo reservo?',
        button('yes', 'Book it', 'Reservar'),
        button('other_day', 'Another day', 'Otro día'),
        button('menu', 'Leave it', 'Dejarlo'),
      ),
      hears: [tapped('yes', 'BOOKED'), tapped('other_day', 'DAY')],
      fallback: 'CONFIRM',
    }),
    state(b, 'BOOKED', {
      does: [
        asks(
          'book_appointment',
          {
            slot: '{{slot}}',
            service_key: '{{service}}',
            duration_min: '{{service_minutes}}',
            contact_name: '{{message.contact_name}}',
          },
          { onError: 'NOT_BOOKED' },
        ),
        sets('reminder', '{{event_id}}', { at: '{{appointment.slot}}', beforeMs: 24 * 60 * minutes }),
        tells(
          'Your appointment is booked: {{appointment.title}}. See you then!',
          'Su cita está reservada: {{appointment.title}}. ¡Hasta entonces!',
        ),
      ],
      hears: [atOnce('end')],
      isSorry: {},
    }),
    state(b, 'NOT_BOOKED', {
      does: tells('I could not book that. Let us look again.', 'No he podido reservarlo. Miremos otra vez.'),
      hears: [atOnce('HOUR')],
    }),
    state(b, 'APPOINTMENTS', {
      does: [
        asks('get_future_appointments', {}, { as: 'appointments', onError: 'UNAVAILABLE' }),
        offersList(
          'appointments',
          'cancel_',
          both(
            'These are your appointments. Choose one to cancel it.',
            'Estas son sus citas. Elija una para anularla.',
          ),
          both('You have no appointment.', 'No tiene ninguna cita.'),
        ),
      ],
      hears: [atOnceIfEmpty('appointments', 'end'), tappedOneOf('cancel_', 'event_id', 'CONFIRM_CANCEL')],
      fallback: 'MENU',
      isSorry: { to: 'MENU' },
    }),
    state(b, 'CONFIRM_CANCEL', {
      does: offers(
        'Shall I cancel your appointment?',
        '¿Anulo su cita?',
        button('yes', 'Yes, cancel it', 'Sí, anularla'),
        button('no', 'Keep it', 'Mantenerla'),
      ),
      hears: [tapped('yes', 'CANCELLED'), tapped('no', 'SEE_YOU')],
      fallback: 'CONFIRM_CANCEL',
    }),
    state(b, 'CANCELLED', {
      does: [
        asks('cancel_event', { event_id: '{{event_id}}' }, { onError: 'NOT_CANCELLED' }),
        callsOff('reminder', '{{event_id}}'),
        tells('Your appointment is cancelled.', 'Su cita está anulada.'),
      ],
      hears: [atOnce('end')],
      isSorry: {},
    }),
    state(b, 'NOT_CANCELLED', {
      does: tells(
        'I could not cancel it. A colleague will see to it.',
        'No he podido anularla. Se encargará una persona del equipo.',
      ),
      hears: [atOnce('handoff')],
    }),
    state(b, 'PRICES', {
      does: offers(
        'A haircut is €20 and takes half an hour, colour €45 and an hour and a half, a beard €12 and 20 minutes.',
        'El corte son 20 € y media hora, el color 45 € y hora y media, la barba 12 € y 20 minutos.',
        button('book', 'Book', 'Pedir cita'),
        button('menu', 'Something else', 'Otra cosa'),
      ),
      hears: [tapped('book', 'SERVICE')],
      fallback: 'MENU',
    }),
    state(b, 'SEE_YOU', {
      does: tells('Very well. See you then!', 'Muy bien. ¡Hasta entonces!'),
      hears: [atOnce('end')],
    }),
    state(b, 'UNAVAILABLE', {
      does: tells('I cannot look into the calendar right now.', 'Ahora mismo no puedo consultar la agenda.'),
      hears: [atOnce('handoff')],
    }),
    task(
      b,
      'reminder',
      offers(
        'A reminder of your appointment: {{appointment.title}}. Will you come?',
        'Le recordamos su cita: {{appointment.title}}. ¿Vendrá?',
        button('coming', 'I will be there', 'Allí estaré'),
        button('cancel_{{event_id}}', 'Cancel it', 'Anularla'),
      ),
    ),
    deadEnd(b),
    wantsPerson(b),
  ),
)
