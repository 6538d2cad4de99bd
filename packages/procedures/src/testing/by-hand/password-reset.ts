import type { Field } from '@copse/contracts'
import { tree } from '@copse/engine'
import {
  ask,
  both,
  call,
  confirm,
  correct,
  correctedTooLate,
  deadEnd,
  decide,
  end,
  handoff,
  menu,
  missing,
  nobodyKnown,
  say,
  wantsPerson,
} from './words.ts'

const address = (key: string, description: string): Field => ({
  key,
  title: 'e-mail address',
  type: 'email',
  description,
  examples: [],
})
const email = address('email', 'The address of the account')
const otherEmail = address('other_email', 'The other address of the account')

const opening = [
  'password',
  'forgot my password',
  'reset my password',
  'cannot log in',
  "can't log in",
  'cannot sign in',
  'my account was hacked',
  'contraseña',
  'olvidé mi contraseña',
  'no puedo entrar',
  'me han robado la cuenta',
]
const asking = { requiredAny: [], maxAttempts: 3, triggers: opening }
const person = { person: '$person' } as const
const again = { 'correct:email': '$correct', 'correct:other_email': '$correct' } as const

/** procedures/password-reset.procedure.yaml, built by hand. */
export const passwordReset = tree('password_reset', { version: '1.0' }, (b) => {
  const sending = { step: 'send_link', title: 'Send the link' }
  const linkTo = <const N extends string>(name: N, source: string) =>
    b.do(name, call, {
      ...sending,
      operation: 'start_password_reset',
      arguments: [{ param: 'email', source }],
      saveMemory: false,
    })
  const signingOut = {
    step: 'sign_out',
    title: 'Sign out everywhere',
    operation: 'sign_out_everywhere',
    arguments: [],
  }
  return b.stages(
    null,
    {
      initial: 'what_happened',
      exits: {
        what_happened: { i_forgot_it: 'ask_email', somebody_may_know_it: 'sign_out', failure: '$handoff', ...person },
        sign_out: {
          success: 'ask_email',
          no: 'to_person',
          unavailable: 'to_person',
          uncertain: 'to_person',
          not_identified: '$unidentified',
          declined: '$back',
          failure: '$handoff',
          ...person,
        },
        ask_email: {
          success: 'send_link',
          failure: 'to_person',
          'correct:other_email': '$correct',
          ...person,
        },
        send_link: {
          success: 'arrived',
          no: 'to_person',
          unavailable: 'not_sent',
          uncertain: 'not_sent',
          missing: { to: 'ask_email', return: true },
          missing_argument: 'to_person',
          failure: 'to_person',
          ...person,
        },
        arrived: {
          it_worked: 'done',
          nothing_came: 'which_time',
          i_cannot_read_it: 'to_person',
          failure: '$handoff',
          ...again,
          ...person,
        },
        which_time: { to_person: 'to_person', else: 'nothing_came', failure: 'nothing_came' },
        nothing_came: {
          another_address: 'ask_again',
          i_will_wait: 'done',
          a_person_please: 'to_person',
          failure: '$handoff',
          ...again,
          ...person,
        },
        ask_again: { success: 'send_link', failure: 'to_person', 'correct:email': '$correct', ...person },
        not_sent: { success: 'to_person' },
        to_person: { success: 'end' },
        done: { success: 'end' },
        $correct: {
          'to:ask_email': 'ask_email',
          'to:ask_again': 'ask_again',
          'to:send_link': 'send_link',
          handoff: '$corrected',
          failure: '$corrected',
        },
        $handoff: { success: 'end' },
        $person: { success: 'end' },
        $unidentified: { success: 'end' },
        $corrected: { success: 'end' },
      },
    },
    menu(
      b,
      'what_happened',
      'What happened',
      both(
        'I can help with that. Never send me a password. Did you forget it, or may somebody else know it?',
        'Le ayudo con eso. No me envíe nunca una contraseña. ¿La ha olvidado, o puede conocerla otra persona?',
      ),
      [
        {
          id: 'i_forgot_it',
          en: 'I forgot it',
          es: 'La he olvidado',
          means: 'The customer does not know the password any more',
          words: [
            'forgot',
            'forget',
            'lost it',
            'not remember',
            "don't remember",
            'olvidado',
            'olvidé',
            'no recuerdo',
            'no me acuerdo',
          ],
          takes: [email],
        },
        {
          id: 'somebody_may_know_it',
          en: 'Somebody may know it',
          es: 'Puede que la sepan',
          means: 'Somebody else may be using the account',
          words: [
            'somebody',
            'someone',
            'hacked',
            'stolen',
            'not me',
            'alguien',
            'otra persona',
            'robado',
            'robada',
            'hackeado',
          ],
        },
      ],
    ),
    b.sequence(
      'sign_out',
      b.sequence(
        'confirmed:sign_out_everywhere',
        b.do(null, confirm, { ...signingOut, entered: ['keyword', 'classification'], maxAttempts: 3 }),
        b.do('call:sign_out_everywhere', call, { ...signingOut, saveMemory: false }),
      ),
    ),
    b.do('ask_email', ask, {
      ...asking,
      step: 'ask_email',
      title: 'Which address',
      say: both('Which e-mail address is the account under?', '¿Con qué dirección de correo está la cuenta?'),
      fields: [email],
      required: ['email'],
    }),
    b.if(
      'send_link',
      {
        branches: [
          {
            op: 'and',
            of: [
              { op: 'exists', field: 'other_email' },
              { op: 'exists', field: 'other_email' },
            ],
          },
          { op: 'exists', field: 'email' },
        ],
      },
      linkTo('call:start_password_reset', 'other_email'),
      linkTo('call:start_password_reset_2', 'email'),
      b.do(null, missing, { ...sending, fields: ['other_email', 'email'] }),
    ),
    menu(
      b,
      'arrived',
      'Did it arrive',
      both(
        'Please look into your mail, the spam folder too. Did it work?',
        'Mire su correo, también la carpeta de correo no deseado. ¿Ha funcionado?',
      ),
      [
        {
          id: 'it_worked',
          en: 'It worked',
          es: 'Ha funcionado',
          means: 'The customer has a new password',
          words: ['yes', 'worked', 'works', 'done', 'thanks', 'got it', 'sí', 'funcionado', 'ya está', 'gracias'],
        },
        {
          id: 'nothing_came',
          en: 'Nothing came',
          es: 'No ha llegado nada',
          means: 'No mail arrived',
          words: ['no', 'nothing', 'not arrived', "didn't come", 'no mail', 'nada', 'no llega', 'no ha llegado'],
        },
        {
          id: 'i_cannot_read_it',
          en: 'I cannot read it',
          es: 'No puedo leerlo',
          means: 'The customer has no access to the mailbox any more',
          words: [
            'no access',
            'cannot read',
            "can't read",
            'old address',
            'lost access',
            'no tengo acceso',
            'no puedo leer',
            'ya no uso',
          ],
        },
      ],
    ),
    b.do('which_time', decide, {
      step: 'which_time',
      title: 'For the second time',
      branches: [
        { when: { op: 'exists', field: 'other_email' }, exit: 'to_person', title: 'Both addresses were tried' },
      ],
      otherwise: 'else',
    }),
    menu(
      b,
      'nothing_came',
      'Nothing came',
      both(
        'Mail comes within ten minutes, and only if {{email}} is the address of the account. Is it another one?',
        'El correo llega en diez minutos, y solo si {{email}} es la dirección de la cuenta. ¿Es otra?',
      ),
      [
        {
          id: 'another_address',
          en: 'Another address',
          es: 'Otra dirección',
          means: 'The account is under another address',
          words: ['another', 'different', 'other', 'wrong', 'otra', 'distinta', 'equivocada'],
          takes: [otherEmail],
        },
        {
          id: 'i_will_wait',
          en: 'I will wait',
          es: 'Voy a esperar',
          means: 'The customer waits for the mail',
          words: ['wait', 'later', 'fine', 'okay', 'ok', 'esperar', 'espero', 'vale'],
        },
        {
          id: 'a_person_please',
          en: 'A person, please',
          es: 'Con una persona',
          means: 'The address is right and nothing arrives',
          words: ['person', 'somebody', 'help', 'the right one', 'correct', 'persona', 'ayuda', 'es correcta'],
        },
      ],
    ),
    b.do('ask_again', ask, {
      ...asking,
      step: 'ask_again',
      title: 'The other address',
      say: both('Which one is it?', '¿Cuál es?'),
      fields: [otherEmail],
      required: ['other_email'],
    }),
    b.do('not_sent', say, {
      step: 'not_sent',
      title: 'Not sent',
      say: both(
        'I cannot reach the system that sends these links right now, so none may be on its way.',
        'Ahora mismo no puedo usar el sistema que envía estos enlaces, así que puede que no llegue ninguno.',
      ),
      options: [],
    }),
    b.sequence(
      'to_person',
      b.do(null, handoff, {
        step: 'to_person',
        title: 'To a person',
        reason: 'account_access',
        summary: 'Cannot get into the account.',
        say: both(
          'A colleague will find out with you how to get into your account. They will ask you who you are, and never for a password.',
          'Una persona del equipo verá con usted cómo entrar en su cuenta. Le preguntará quién es, y nunca su contraseña.',
        ),
      }),
      b.do(null, end, { step: 'to_person', title: 'To a person', outcome: 'escalated' }),
    ),
    b.do('done', end, {
      step: 'done',
      title: 'Goodbye',
      outcome: 'resolved',
      say: both(
        'Choose a password that you use nowhere else. Write to me any time.',
        'Elija una contraseña que no use en ningún otro sitio. Escríbame cuando quiera.',
      ),
    }),
    b.do('$correct', correct, {
      step: '$correct',
      fields: [email, otherEmail],
      askedBy: { email: ['ask_email'], other_email: ['ask_again'] },
      detours: { send_link: ['missing'] },
      // What has to be done again when a field is corrected: what each step reads, and which answers led to it.
      steps: {
        sign_out: { decidedBy: ['what_happened'] },
        send_link: {
          reads: ['other_email', 'email'],
          decidedBy: ['sign_out', 'ask_email', 'arrived', 'which_time', 'nothing_came', 'ask_again'],
        },
        which_time: { reads: ['other_email'] },
        nothing_came: { reads: ['email'] },
      },
    }),
    deadEnd(b),
    wantsPerson(b),
    nobodyKnown(b),
    correctedTooLate(b),
  )
})
