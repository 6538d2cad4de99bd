/** What an analyst is asked about an alert. */
import type { Field } from '@copse/contracts'
import { both, called, choice, menu, type B } from './words.ts'

export const alertId: Field = {
  key: 'alert_id',
  ...called('alert id', 'número de alerta'),
  type: 'string',
  description: 'Fraud alert id',
  examples: ['FA-001', 'FA-123', 'alert FA-042'],
}
const senior = (means: string, english: string, spanish: string) =>
  choice('ask_a_senior_analyst', means, `Ask a senior analyst: ${english}`, `A un analista sénior: ${spanish}`)

export const askAnalyst = (b: B) =>
  menu(
    b,
    'ask_analyst',
    'The analyst decides',
    both(
      'The evidence does not settle it. What shall I do with account {{alert_data.account_id}}?',
      'Las pruebas no son concluyentes. ¿Qué hago con la cuenta {{alert_data.account_id}}?',
    ),
    [
      choice(
        'freeze_it',
        'Fraud is confirmed, freeze the account',
        'Freeze it: freeze, block, lock, fraud confirmed',
        'Congelarla: congelar, congelarla, bloquear',
      ),
      choice(
        'watch_it',
        'Fraud is suspected, watch the account and pass the alert to a senior analyst',
        'Watch it: watch, monitor, suspected, observe',
        'Vigilarla: vigilar, vigilarla, supervisar',
      ),
      choice(
        'clear_it',
        'A false positive, close the alert',
        'Clear it: clear, false positive, legitimate, close',
        'Descartarla: descartar, descartarla, falso positivo, legítima',
      ),
      senior(
        'A senior analyst should decide',
        'senior, escalate, supervisor, not sure, unsure',
        'sénior, escalar, no estoy seguro, no estoy segura',
      ),
    ],
  )

export const offerReport = (b: B) =>
  menu(
    b,
    'offer_report',
    'Offer a report',
    both('Shall I file a suspicious activity report, too?', '¿Presento también un informe de actividad sospechosa?'),
    [
      choice(
        'file_the_report',
        'The analyst wants the report filed',
        'File the report: file, report, file it, yes, sure, go ahead',
        'Presentar el informe: informe, presentar, sí, claro, adelante',
      ),
      choice(
        'not_now',
        'No report for now',
        'Not now: no, not now, later, skip',
        'Ahora no: ahora no, más tarde, todavía no',
      ),
    ],
  )

export const alertNotFound = (b: B) =>
  menu(
    b,
    'alert_not_found',
    'Alert not found',
    both(
      'I cannot find that alert. The id may hold a typo, or the alert was merged into another one. Shall we try again?',
      'No encuentro esa alerta. Puede que haya una errata en el identificador o que se haya unido a otra. ¿Lo intentamos de nuevo?',
    ),
    [
      choice(
        'try_again',
        'The analyst gives the id again, or another one',
        'Try again: try, again, another, different, correct, yes',
        'Intentarlo de nuevo: otra, de nuevo, corregir, sí',
        [alertId],
      ),
      senior('The analyst wants help', 'help, supervisor, senior, escalate', 'ayuda, sénior, escalar'),
      choice(
        'leave_it',
        'The analyst stops here',
        'Leave it: no, stop, leave it, never mind, nothing',
        'Dejarlo: déjelo, nada',
      ),
    ],
  )
