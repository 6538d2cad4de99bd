import type { Field } from '@copse/contracts'
import { tree } from '@copse/engine'
import { agreedOr, deed, did, ofCustomer } from './deeds.ts'
import { decideBy, known, otherwise } from './facts.ts'
import {
  ask,
  both,
  call,
  called,
  choice,
  correct,
  correctedTooLate,
  deadEnd,
  goodbye,
  menu,
  missing,
  nobodyKnown,
  passOn,
  tell,
  wantsPerson,
} from './words.ts'

const mail = {
  ...called('e-mail address', 'dirección de correo'),
  type: 'email',
  examples: [],
} satisfies Partial<Field>
const email: Field = { key: 'email', description: 'The address of the account', ...mail }
const otherEmail: Field = { key: 'other_email', description: 'The other address of the account', ...mail }

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
/** There is nothing that it needs to know. */
const notDone = { no: 'to_person', unavailable: 'to_person', uncertain: 'to_person' } as const
const again = { 'correct:email': '$correct', 'correct:other_email': '$correct' } as const
const asked = { failure: '$handoff', ...again, ...person } as const
const over = { success: 'end' } as const

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
  return b.stages(
    null,
    {
      initial: 'what_happened',
      exits: {
        what_happened: { i_forgot_it: 'ask_email', somebody_may_know_it: 'sign_out', failure: '$handoff', ...person },
        sign_out: { success: 'ask_email', ...notDone, ...ofCustomer, ...agreedOr('$back'), ...person },
        ask_email: { success: 'send_link', failure: 'to_person', 'correct:other_email': '$correct', ...person },
        send_link: { ...did('arrived', 'to_person', 'not_sent'), missing: { to: 'ask_email', return: true } },
        arrived: {
          it_worked: 'done',
          nothing_came: 'which_time',
          i_cannot_read_it: 'to_person',
          ...asked,
        },
        which_time: { to_person: 'to_person', ...otherwise('nothing_came') },
        nothing_came: {
          another_address: 'ask_again',
          i_will_wait: 'done',
          a_person_please: 'to_person',
          ...asked,
        },
        ask_again: { success: 'send_link', failure: 'to_person', 'correct:email': '$correct', ...person },
        not_sent: { success: 'to_person' },
        to_person: over,
        done: over,
        $correct: {
          'to:ask_email': 'ask_email',
          'to:ask_again': 'ask_again',
          'to:send_link': 'send_link',
          handoff: '$corrected',
          failure: '$corrected',
        },
        $handoff: over,
        $person: over,
        $unidentified: over,
        $corrected: over,
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
        choice(
          'i_forgot_it',
          'The customer does not know the password any more',
          "I forgot it: forgot, forget, lost it, not remember, don't remember",
          'La he olvidado: olvidado, olvidé, no recuerdo, no me acuerdo',
          [email],
        ),
        choice(
          'somebody_may_know_it',
          'Somebody else may be using the account',
          'Somebody may know it: somebody, someone, hacked, stolen, not me',
          'Puede que la sepan: alguien, otra persona, robado, robada, hackeado',
        ),
      ],
    ),
    deed(b, 'sign_out', 'Sign out everywhere', 'sign_out_everywhere', { confirmed: true }),
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
      { branches: [known('other_email'), known('email')] },
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
        choice(
          'it_worked',
          'The customer has a new password',
          'It worked: yes, worked, works, done, thanks, got it',
          'Ha funcionado: sí, funcionado, ya está, gracias',
        ),
        choice(
          'nothing_came',
          'No mail arrived',
          "Nothing came: no, nothing, not arrived, didn't come, no mail",
          'No ha llegado nada: nada, no llega, no ha llegado',
        ),
        choice(
          'i_cannot_read_it',
          'The customer has no access to the mailbox any more',
          "I cannot read it: no access, cannot read, can't read, old address, lost access",
          'No puedo leerlo: no tengo acceso, no puedo leer, ya no uso',
        ),
      ],
    ),
    decideBy(b, 'which_time', 'For the second time', ['to_person', 'Both addresses were tried', known('other_email')]),
    menu(
      b,
      'nothing_came',
      'Nothing came',
      both(
        'Mail comes within ten minutes, and only if {{email}} is the address of the account. Is it another one?',
        'El correo llega en diez minutos, y solo si {{email}} es la dirección de la cuenta. ¿Es otra?',
      ),
      [
        choice(
          'another_address',
          'The account is under another address',
          'Another address: another, different, other, wrong',
          'Otra dirección: otra, distinta, equivocada',
          [otherEmail],
        ),
        choice(
          'i_will_wait',
          'The customer waits for the mail',
          'I will wait: wait, later, fine, okay, ok',
          'Voy a esperar: esperar, espero, vale',
        ),
        choice(
          'a_person_please',
          'The address is right and nothing arrives',
          'A person, please: person, somebody, help, the right one, correct',
          'Con una persona: persona, ayuda, es correcta',
        ),
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
    tell(
      b,
      'not_sent',
      'Not sent',
      'I cannot reach the system that sends these links right now, so none may be on its way.',
      'Ahora mismo no puedo usar el sistema que envía estos enlaces, así que puede que no llegue ninguno.',
    ),
    passOn(
      b,
      'to_person',
      'To a person',
      { reason: 'account_access', summary: 'Cannot get into the account.' },
      'A colleague will find out with you how to get into your account. They will ask you who you are, and never for a password.',
      'Una persona del equipo verá con usted cómo entrar en su cuenta. Le preguntará quién es, y nunca su contraseña.',
    ),
    goodbye(
      b,
      'done',
      'Goodbye',
      'resolved',
      'Choose a password that you use nowhere else. Write to me any time.',
      'Elija una contraseña que no use en ningún otro sitio. Escríbame cuando quiera.',
    ),
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
