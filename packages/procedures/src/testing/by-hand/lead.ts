import { tree } from '@copse/engine'
import { did } from './deeds.ts'
import { otherwise } from './facts.ts'
import { askFor, fileAs, readBack, told, urgentFrom, type Told } from './lead-company.ts'
import {
  both,
  choice,
  correct,
  correctedTooLate,
  deadEnd,
  fellSilent,
  goodbye,
  menu,
  nudgeThenEnd,
  passOn,
  wantsPerson,
} from './words.ts'

const waiting = { person: '$person', silence: '$silent_end' } as const
/** What the company told can be corrected at every question: filing may lead back to the first of them. */
const correctedBut = (own?: Told) =>
  Object.fromEntries(Object.keys(told).flatMap((key) => (key === own ? [] : [[`correct:${key}`, '$correct' as const]])))
const filing = <const Done extends string, const Mail extends string>(done: Done, asksForMail: Mail) =>
  ({
    ...did(done, 'to_sales', 'to_sales'),
    missing: { to: 'ask_need', return: true },
    missing_2: { to: 'ask_company', return: true },
    missing_3: { to: asksForMail, return: true },
    silence: '$silent_end',
  }) as const
const weighing = { ask_mail_hot: 'ask_mail_hot', ...otherwise('ask_mail_warm') } as const
const questions = ['ask_need', 'ask_company', 'ask_size', 'ask_when']
const lacking = ['missing', 'missing_2', 'missing_3']
const filed = ['email', 'company', 'need', 'team_size']

/** procedures/lead.procedure.yaml, built by hand. */
export const lead = tree('lead', { version: '1.0' }, (b) =>
  b.stages(
    null,
    {
      initial: 'ask_need',
      exits: {
        ask_need: { success: 'ask_company', failure: 'to_sales', ...correctedBut('need'), ...waiting },
        ask_company: { success: 'ask_size', failure: 'to_sales', ...correctedBut('company'), ...waiting },
        ask_size: { success: 'ask_when', failure: 'to_sales', ...correctedBut('team_size'), ...waiting },
        ask_when: {
          this_month: 'soon',
          this_quarter: 'size_of_it',
          just_looking: 'offer_brochure',
          failure: '$handoff',
          ...correctedBut(),
          ...waiting,
        },
        soon: weighing,
        size_of_it: weighing,
        ask_mail_hot: { success: 'check_hot', failure: 'to_sales', ...correctedBut('email'), ...waiting },
        check_hot: { success: 'file_hot', no: 'to_sales', failure: 'to_sales', ...correctedBut(), ...waiting },
        file_hot: filing('to_sales', 'ask_mail_hot'),
        ask_mail_warm: { success: 'check_warm', failure: 'to_sales', ...correctedBut('email'), ...waiting },
        check_warm: { success: 'file_warm', no: 'not_filed', failure: 'to_sales', ...correctedBut(), ...waiting },
        file_warm: filing('offer_follows', 'ask_mail_warm'),
        offer_follows: { success: 'end' },
        offer_brochure: {
          yes_please: 'ask_mail_cold',
          no_thank_you: 'not_filed',
          failure: '$handoff',
          ...correctedBut(),
          ...waiting,
        },
        ask_mail_cold: { success: 'file_cold', failure: 'not_filed', ...correctedBut('email'), ...waiting },
        file_cold: filing('catalogue_follows', 'ask_mail_cold'),
        catalogue_follows: { success: 'end' },
        not_filed: { success: 'end' },
        to_sales: { success: 'end' },
        $correct: {
          'to:ask_need': 'ask_need',
          'to:ask_company': 'ask_company',
          'to:ask_size': 'ask_size',
          'to:ask_mail_hot': 'ask_mail_hot',
          'to:ask_mail_warm': 'ask_mail_warm',
          'to:ask_mail_cold': 'ask_mail_cold',
          'to:file_hot': 'file_hot',
          'to:file_warm': 'file_warm',
          'to:file_cold': 'file_cold',
          handoff: '$corrected',
          failure: '$corrected',
        },
        $handoff: { success: 'end' },
        $person: { success: 'end' },
        $corrected: { success: 'end' },
        $silent_end: { success: 'end' },
      },
    },
    askFor(
      b,
      'ask_need',
      'What they need',
      'need',
      'Good to hear from you. What are you looking for?',
      'Me alegro de que nos escriba. ¿Qué están buscando?',
    ),
    askFor(b, 'ask_company', 'Who they are', 'company', 'Which company is it for?', '¿Para qué empresa es?'),
    askFor(b, 'ask_size', 'For how many', 'team_size', 'And for how many people?', '¿Y para cuántas personas?'),
    menu(
      b,
      'ask_when',
      'By when',
      both('By when do you need it?', '¿Para cuándo lo necesitan?'),
      [
        choice(
          'this_month',
          'Within the month',
          'This month: month, now, asap, immediately, soon, urgent, this week',
          'Este mes: mes, ya, pronto, urgente, esta semana',
        ),
        choice(
          'this_quarter',
          'Within the quarter',
          'This quarter: quarter, two months, three months',
          'Este trimestre: trimestre, dos meses, tres meses',
        ),
        choice(
          'just_looking',
          'Nothing is decided',
          'Just looking: looking, later, not sure, next year, undecided',
          'Solo miramos: mirando, miramos, más adelante, no lo sé',
        ),
      ],
      nudgeThenEnd,
    ),
    urgentFrom(b, 'soon', 'What cannot wait', 20, 'Large, and this month'),
    urgentFrom(b, 'size_of_it', 'How large', 100, 'Very large'),
    askFor(
      b,
      'ask_mail_hot',
      'How to reach them at once',
      'email',
      'Somebody should call you about this today. Which e-mail address do we write to? We keep it with your request and use it for nothing else.',
      'Alguien debería hablar con ustedes hoy mismo. ¿A qué correo escribimos? Lo guardamos con su solicitud y no lo usamos para nada más.',
    ),
    readBack(b, 'check_hot', 'Is it right'),
    fileAs(b, 'file_hot', 'File it', 'ask_mail_hot', { grade: 'hot', timeline: 'now' }),
    askFor(
      b,
      'ask_mail_warm',
      'How to reach them',
      'email',
      'Where may we send our offer? We keep the e-mail address with your request and use it for nothing else.',
      '¿A qué correo podemos enviar nuestra oferta? Lo guardamos con su solicitud y no lo usamos para nada más.',
    ),
    readBack(b, 'check_warm', 'Is that right'),
    fileAs(b, 'file_warm', 'File that', 'ask_mail_warm', { grade: 'warm' }),
    goodbye(
      b,
      'offer_follows',
      'What comes next',
      'qualified',
      'You will have our offer within two working days.',
      'Tendrá nuestra oferta en dos días laborables.',
    ),
    menu(
      b,
      'offer_brochure',
      'Something to read',
      both(
        'No hurry, then. Shall we send you our catalogue for companies?',
        'Sin prisa, entonces. ¿Le enviamos nuestro catálogo para empresas?',
      ),
      [
        choice(
          'yes_please',
          'The customer wants the catalogue',
          'Yes, please: yes, please, sure, okay, send',
          'Sí, por favor: sí, vale, claro',
          [told.email],
        ),
        choice(
          'no_thank_you',
          'The customer wants nothing',
          'No, thank you: no, thanks, not now',
          'No, gracias: no gracias',
        ),
      ],
      nudgeThenEnd,
    ),
    askFor(
      b,
      'ask_mail_cold',
      'Where the catalogue goes',
      'email',
      'Which e-mail address do we send it to? We keep it for that, and use it for nothing else.',
      '¿A qué correo lo enviamos? Lo guardamos para eso y no lo usamos para nada más.',
    ),
    fileAs(b, 'file_cold', 'File the request', 'ask_mail_cold', { grade: 'cold', timeline: 'open' }),
    goodbye(
      b,
      'catalogue_follows',
      'The catalogue follows',
      'nurture',
      'The catalogue is on its way. Write to me when you know more.',
      'El catálogo está en camino. Escríbame cuando sepan algo más.',
    ),
    goodbye(
      b,
      'not_filed',
      'Nothing is kept',
      'not_interested',
      'All right, I file nothing. Write to me any time.',
      'De acuerdo, no registro nada. Escríbame cuando quiera.',
    ),
    passOn(
      b,
      'to_sales',
      'To a person who sells',
      { reason: 'sales', summary: '{{company}}: {{need}}', data: Object.keys(told) },
      'A colleague from sales will get back to you today.',
      'Una persona del equipo de ventas le responderá hoy.',
    ),
    b.do('$correct', correct, {
      step: '$correct',
      fields: Object.values(told),
      askedBy: {
        need: ['ask_need'],
        company: ['ask_company'],
        team_size: ['ask_size'],
        email: ['ask_mail_hot', 'ask_mail_warm', 'ask_mail_cold'],
      },
      detours: { file_hot: lacking, file_warm: lacking, file_cold: lacking },
      steps: {
        soon: { reads: ['team_size'] },
        size_of_it: { reads: ['team_size'] },
        check_hot: { reads: Object.keys(told) },
        file_hot: { reads: filed, decidedBy: [...questions, 'soon', 'size_of_it', 'ask_mail_hot', 'check_hot'] },
        check_warm: { reads: Object.keys(told) },
        // By when, it does not say itself: whoever has said so is heard.
        file_warm: {
          reads: [...filed, 'timeline'],
          decidedBy: [...questions, 'soon', 'size_of_it', 'ask_mail_warm', 'check_warm'],
        },
        file_cold: { reads: filed, decidedBy: [...questions, 'offer_brochure', 'ask_mail_cold'] },
        to_sales: { reads: ['company', 'need'] },
      },
    }),
    deadEnd(b),
    wantsPerson(b),
    correctedTooLate(b),
    fellSilent(b),
  ),
)
