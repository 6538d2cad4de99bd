import { tree } from '@copse/engine'
import { change, look, notAnyMore, silence, whichCase, writeLater } from './appointment-visit.ts'
import { agreedOr, did, ofCustomer } from './deeds.ts'
import { otherwise } from './facts.ts'
import {
  both,
  choice,
  deadEnd,
  fellSilent,
  goodbye,
  menu,
  minutes,
  nobodyKnown,
  notAnswering,
  passOn,
  tell,
  wantsPerson,
  type B,
  type Choice,
} from './words.ts'

const offer = <const N extends string>(b: B, name: N, title: string, en: string, es: string, choices: Choice[]) =>
  menu(b, name, title, both(en, es), choices, silence)

const afterMissing = [
  choice(
    'another_time',
    'The customer wants a new time',
    'Another time: yes, another, new, please',
    'Otra hora: sí, otra, nueva',
  ),
  choice(
    'i_was_there',
    'The customer says that nobody came',
    'I was there: i was there, was home, nobody came, not true',
    'Yo sí estaba: yo estaba, sí estaba, nadie vino',
  ),
  choice(
    'leave_it',
    'The customer wants nobody to come any more',
    'Leave it: no, leave, never mind',
    'Dejarlo: no gracias, déjelo',
  ),
]

const waiting = { person: '$person', silence: '$silent_end' } as const
const asked = { failure: '$handoff', ...waiting } as const
const looking = { unavailable: '$unavailable', ...waiting } as const
/** Whose visit it is has to be known. */
const changing = { ...ofCustomer, ...waiting } as const
const onceMissed = { another_time: 'times', i_was_there: 'to_person', leave_it: 'done' } as const

/** procedures/appointment.procedure.yaml, built by hand. */
export const appointment = tree('appointment', { version: '1.0' }, (b) =>
  b.stages(
    null,
    {
      initial: 'find',
      exits: {
        find: { success: 'which_case', no: 'none_found', failure: 'none_found', ...ofCustomer, ...looking },
        which_case: {
          to_come: 'to_come',
          was_cancelled: 'was_cancelled',
          missed_once: 'missed_once',
          missed_twice: 'missed_twice',
          missed_often: 'missed_often',
          ...otherwise('to_person'),
        },
        to_come: { i_will_be_there: 'confirm', another_time: 'times', cancel_it: 'cancel', ...asked },
        confirm: { ...did('remind', 'to_person', '$unavailable'), ...changing },
        remind: { success: 'ask_afterwards', failure: 'to_person' },
        '$task:remind': { success: 'end' },
        ask_afterwards: { success: 'done', failure: 'to_person' },
        '$task:ask_afterwards': { success: 'end' },
        times: { success: 'move', no: 'none_free', failure: 'none_free', ...looking },
        move: { ...did('remind', 'look_again', 'to_person'), ...changing },
        look_again: { yes_please: 'times', a_person_please: 'to_person', ...asked },
        cancel: { ...did('no_reminder', 'to_person', '$unavailable'), ...agreedOr('$back'), ...changing },
        no_reminder: { success: 'nothing_afterwards', failure: '$handoff' },
        nothing_afterwards: { success: 'done', failure: '$handoff' },
        was_cancelled: { yes_find_a_time: 'times', no_thank_you: 'done', ...asked },
        missed_once: { ...onceMissed, ...asked },
        missed_twice: { ...onceMissed, ...asked },
        missed_often: { success: 'to_person' },
        none_found: { success: 'end' },
        none_free: { success: 'to_person' },
        to_person: { success: 'end' },
        done: { success: 'end' },
        $handoff: { success: 'end' },
        $unavailable: { success: 'end' },
        $person: { success: 'end' },
        $unidentified: { success: 'end' },
        $silent_end: { success: 'end' },
      },
    },
    look(b, 'find', 'Find the appointment', 'find_visit'),
    whichCase(b, 'which_case', 'Where it stands'),
    offer(b, 'to_come', 'Will they come', 'Shall it stay like that?', '¿Lo dejamos así?', [
      choice(
        'i_will_be_there',
        'The customer will be there',
        'I will be there: yes, i will, be there, confirm, fine, okay',
        'Allí estaré: sí, estaré, confirmo, confirmar, vale',
      ),
      choice(
        'another_time',
        'The customer wants another day or hour',
        'Another time: another, other time, move, change, later, earlier',
        'Otra hora: otra, otro, cambiar, mover',
      ),
      choice(
        'cancel_it',
        'The customer does not want anybody to come',
        "Cancel it: cancel, not come, don't come",
        'Anularla: anular, anularla, cancelar, no vengan',
      ),
    ]),
    change(b, 'confirm', 'Confirmed', 'confirm_visit'),
    ...writeLater(
      b,
      'remind',
      'Reminder',
      { at: 'at', beforeMs: 24 * 60 * minutes },
      'A reminder of your appointment for the {{visit_data.purpose.en}}: {{visit_data.when.en}}. Write “move my appointment” if that does not suit you any more.',
      'Le recordamos su cita para la {{visit_data.purpose.es}}: {{visit_data.when.es}}. Escriba «cambiar mi cita» si ya no le viene bien.',
    ),
    ...writeLater(
      b,
      'ask_afterwards',
      'Afterwards',
      { at: 'follow_up_at' },
      'We hope that all went well today. If we did not find you, write “missed my appointment”, and I look for another time.',
      'Esperamos que hoy haya ido todo bien. Si no le encontramos, escriba «perdí mi cita» y busco otra hora.',
    ),
    look(b, 'times', 'Free times', 'list_visit_times'),
    change(b, 'move', 'Move it', 'move_visit', { needs: { at: 'visit_time' } }),
    offer(b, 'look_again', 'The time is gone', 'Shall I look again?', '¿Miro otra vez?', [
      choice(
        'yes_please',
        'The customer wants another time',
        'Yes, please: yes, please, again',
        'Sí, por favor: sí, por favor, otra vez',
      ),
      choice(
        'a_person_please',
        'The customer wants a person to find a time',
        'A person, please: no, person, help',
        'Con una persona: persona, ayuda',
      ),
    ]),
    change(b, 'cancel', 'Cancel it', 'cancel_visit', { confirmed: true }),
    notAnyMore(b, 'no_reminder', 'No reminder', 'remind'),
    notAnyMore(b, 'nothing_afterwards', 'Nothing afterwards', 'ask_afterwards'),
    offer(
      b,
      'was_cancelled',
      'It was cancelled',
      'That one was cancelled. Shall somebody come after all?',
      'Esa cita se anuló. ¿Quiere que vayamos de todos modos?',
      [
        choice(
          'yes_find_a_time',
          'The customer wants a new time',
          'Yes, find a time: yes, please, find, new',
          'Sí, busque una hora: sí, busque, nueva',
        ),
        choice(
          'no_thank_you',
          'It stays cancelled',
          'No, thank you: no, thanks, leave it',
          'No, gracias: no gracias, déjelo',
        ),
      ],
    ),
    offer(
      b,
      'missed_once',
      'Missed for the first time',
      'We were there and did not find you. That can happen, and costs nothing the first time. Shall I look for another time?',
      'Estuvimos allí y no le encontramos. Puede pasar, y la primera vez no cuesta nada. ¿Busco otra hora?',
      afterMissing,
    ),
    offer(
      b,
      'missed_twice',
      'Missed for the second time',
      'We were there for the second time and did not find you. A further visit costs €15, paid on the spot. Shall I look for another time?',
      'Estuvimos allí por segunda vez y no le encontramos. Otra visita cuesta 15 €, que se pagan en el momento. ¿Busco otra hora?',
      afterMissing,
    ),
    tell(
      b,
      'missed_often',
      'Missed more often',
      'We have missed you {{visit_data.times_missed}} times now. A colleague will call you to agree on a time.',
      'Ya son {{visit_data.times_missed}} las veces que no le encontramos. Le llamará una persona del equipo para acordar una hora.',
    ),
    goodbye(
      b,
      'none_found',
      'No appointment',
      'resolved',
      'I find no appointment of yours. Write to me any time.',
      'No encuentro ninguna cita suya. Escríbame cuando quiera.',
    ),
    tell(
      b,
      'none_free',
      'No time is free',
      'Nothing is free in the next days.',
      'No queda nada libre en los próximos días.',
    ),
    passOn(
      b,
      'to_person',
      'To a person',
      { reason: 'appointment', summary: 'An appointment that somebody has to look at.' },
      'A colleague will see to your appointment and get back to you.',
      'Una persona del equipo se ocupará de su cita y le responderá.',
    ),
    goodbye(b, 'done', 'Goodbye', 'resolved', 'Write to me any time.', 'Escríbame cuando quiera.'),
    deadEnd(b),
    notAnswering(b),
    wantsPerson(b),
    nobodyKnown(b),
    fellSilent(b),
  ),
)
