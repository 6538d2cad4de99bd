import { tree } from '@copse/engine'
import { agreedOr, deed, did, looked, ofCase } from './deeds.ts'
import { otherwise } from './facts.ts'
import {
  evidence,
  findAlert,
  howDeep,
  isOpen,
  judge,
  readDevices,
  readTransactions,
  thisAccount,
  thisAlert,
} from './fraud-evidence.ts'
import { alertId, alertNotFound, askAnalyst, offerReport } from './fraud-questions.ts'
import { ask, both, correct, correctedTooLate, deadEnd, goodbye, notAnswering, tell, wantsPerson } from './words.ts'

const opening = [
  'fraud alert',
  'alert triage',
  'triage',
  'suspicious activity',
  'suspicious transaction',
  'fraud investigation',
  'investigate alert',
  'alerta de fraude',
  'actividad sospechosa',
  'transacción sospechosa',
  'movimiento sospechoso',
  'investigar alerta',
]
const over = { success: 'end' } as const
const corrected = { 'correct:alert_id': '$correct' } as const
const waiting = { failure: '$handoff', person: '$person', ...corrected } as const
/** What the evidence says decides what is done, and so do the `answers` given on the way. */
const foundBy = (...answers: string[]) => [
  'ask_alert',
  'is_open',
  'read_transactions',
  'read_devices',
  ...answers,
  'alert_not_found',
]
const asFraud = ['judge', 'ask_analyst', 'freeze', 'offer_report']

/** procedures/fraud-triage.procedure.yaml, built by hand. */
export const fraudTriage = tree('fraud_triage', { version: '1.0', aliases: evidence }, (b) =>
  b.stages(
    null,
    {
      initial: 'ask_alert',
      exits: {
        ask_alert: { success: 'find_alert', failure: 'escalate', person: '$person' },
        find_alert: {
          ...looked('is_open', 'alert_not_found', '$unavailable'),
          missing: { to: 'ask_alert', return: true },
        },
        is_open: { already_handled: 'already_handled', ...otherwise('read_transactions') },
        already_handled: over,
        // Evidence that is not there is judged without; evidence that cannot be read is not.
        read_transactions: looked('how_deep', 'how_deep', 'evidence_unavailable'),
        how_deep: { judge: 'judge', ...otherwise('read_devices') },
        read_devices: looked('judge', 'judge', 'evidence_unavailable'),
        judge: { freeze: 'freeze', clear: 'clear', ...otherwise('ask_analyst') },
        ask_analyst: {
          freeze_it: 'freeze',
          watch_it: 'watch',
          clear_it: 'clear',
          ask_a_senior_analyst: 'escalate',
          ...waiting,
        },
        freeze: {
          ...did('offer_report', 'escalate', 'freeze_unavailable'),
          ...agreedOr('ask_analyst'),
          ...corrected,
        },
        offer_report: { file_the_report: 'file_report', not_now: 'note_fraud', ...waiting },
        file_report: { ...did('note_fraud', 'escalate', '$unavailable'), ...agreedOr('note_fraud'), ...corrected },
        note_fraud: did('close_as_fraud', 'close_as_fraud', 'close_as_fraud'),
        close_as_fraud: did('done', 'escalate', '$unavailable'),
        watch: { ...did('escalate', 'escalate', 'freeze_unavailable'), ...agreedOr('$back'), ...corrected },
        clear: did('note_cleared', 'escalate', '$unavailable'),
        note_cleared: did('done', 'done', 'done'),
        alert_not_found: { try_again: 'ask_alert', ask_a_senior_analyst: 'escalate', leave_it: 'left', ...waiting },
        evidence_unavailable: { success: 'escalate' },
        freeze_unavailable: { success: '$handoff' },
        escalate: did('left', '$handoff', '$unavailable'),
        left: over,
        done: over,
        $correct: {
          'to:ask_alert': 'ask_alert',
          'to:find_alert': 'find_alert',
          handoff: '$corrected',
          failure: '$corrected',
        },
        $handoff: over,
        $unavailable: over,
        $person: over,
        $corrected: over,
      },
    },
    b.do('ask_alert', ask, {
      step: 'ask_alert',
      title: 'Which alert',
      say: both(
        'Which alert shall we look at? Please give me its id, like FA-001.',
        '¿Qué alerta revisamos? Indíqueme su identificador, por ejemplo FA-001.',
      ),
      fields: [alertId],
      required: [alertId.key],
      requiredAny: [],
      maxAttempts: 3,
      triggers: opening,
    }),
    findAlert(b),
    isOpen(b),
    goodbye(
      b,
      'already_handled',
      'Dealt with before',
      'resolved',
      'This alert has been dealt with already, so I leave it as it is. Tell me when you want to look at another one.',
      'Esta alerta ya está tramitada, así que la dejo como está. Avíseme cuando quiera ver otra.',
    ),
    readTransactions(b),
    howDeep(b),
    readDevices(b),
    judge(b),
    askAnalyst(b),
    deed(b, 'freeze', 'Freeze the account', 'flag_account', {
      needs: thisAccount,
      gives: { action: 'freeze', reason: 'Fraud confirmed by risk score, flagged transactions and devices' },
      confirmed: true,
    }),
    offerReport(b),
    deed(b, 'file_report', 'File the report', 'submit_sar', {
      needs: { ...thisAlert, narrative: 'alert_data.description' },
      confirmed: true,
    }),
    deed(b, 'note_fraud', 'Write down the findings', 'add_case_note', {
      needs: ofCase,
      gives: { note: 'Fraud confirmed. Account frozen after review of transactions and devices.' },
    }),
    deed(b, 'close_as_fraud', 'Close as fraud', 'close_alert', {
      needs: thisAlert,
      gives: { resolution: 'fraud_confirmed' },
    }),
    deed(b, 'watch', 'Watch the account', 'flag_account', {
      needs: thisAccount,
      gives: { action: 'monitor', reason: 'Fraud suspected; the evidence is not conclusive' },
      confirmed: true,
    }),
    deed(b, 'clear', 'Close as false positive', 'close_alert', {
      needs: thisAlert,
      gives: { resolution: 'false_positive', notes: 'The evidence does not support fraud' },
    }),
    deed(b, 'note_cleared', 'Write down why', 'add_case_note', {
      needs: ofCase,
      gives: { note: 'False positive. The evidence does not support fraud.' },
    }),
    alertNotFound(b),
    tell(
      b,
      'evidence_unavailable',
      'Evidence not reachable',
      'I cannot read all of the evidence, because one of the systems is not answering. Without it I will not judge this alert.',
      'No puedo leer todas las pruebas, porque uno de los sistemas no responde. Sin ellas no voy a valorar esta alerta.',
    ),
    // True whether it took effect or not.
    tell(
      b,
      'freeze_unavailable',
      'Account system not reachable',
      'The account system is not answering, so I cannot tell whether account {{alert_data.account_id}} is protected. Please check it by hand at once.',
      'El sistema de cuentas no responde, así que no sé si la cuenta {{alert_data.account_id}} está protegida. Compruébelo a mano cuanto antes.',
    ),
    deed(b, 'escalate', 'To a senior analyst', 'escalate_to_supervisor', {
      needs: ofCase,
      gives: { reason: 'Fraud alert that needs a senior analyst', priority: 'high' },
    }),
    goodbye(
      b,
      'left',
      'Nothing more to do here',
      'resolved',
      'Tell me when you want to look at another alert.',
      'Avíseme cuando quiera ver otra alerta.',
    ),
    goodbye(
      b,
      'done',
      'Finished',
      'resolved',
      'The triage of this alert is finished. Tell me when you want to look at another one.',
      'La revisión de esta alerta ha terminado. Avíseme cuando quiera ver otra.',
    ),
    b.do('$correct', correct, {
      step: '$correct',
      fields: [alertId],
      askedBy: { [alertId.key]: ['ask_alert'] },
      detours: { find_alert: ['missing'] },
      // Another alert is another account, with evidence of its own.
      steps: {
        find_alert: { reads: [alertId.key], writes: ['alert_data', 'account_id'] },
        is_open: { reads: ['alert_data'] },
        read_transactions: { reads: ['alert_data'], writes: ['transaction_data'] },
        how_deep: { reads: ['severity', 'alert_data', 'risk_score'] },
        read_devices: { reads: ['alert_data'], writes: ['device_data'] },
        judge: {
          reads: [
            'risk_score',
            'alert_data',
            'flagged_count',
            'transaction_data',
            'new_device_count',
            'device_data',
            'severity',
            'flagged_total',
          ],
        },
        ask_analyst: { reads: ['alert_data'] },
        freeze: { reads: ['alert_data'], decidedBy: foundBy('judge', 'ask_analyst') },
        file_report: { reads: ['alert_data', 'case_id'], decidedBy: foundBy(...asFraud) },
        note_fraud: { reads: ['case_id'], decidedBy: foundBy(...asFraud, 'file_report') },
        close_as_fraud: { reads: ['alert_data'], decidedBy: foundBy(...asFraud, 'file_report') },
        watch: { reads: ['alert_data'], decidedBy: foundBy('judge', 'ask_analyst', 'freeze') },
        clear: { reads: ['alert_data'], decidedBy: foundBy('judge', 'ask_analyst', 'freeze') },
        note_cleared: { reads: ['case_id'], decidedBy: foundBy('ask_analyst', 'freeze', 'clear') },
        freeze_unavailable: { reads: ['alert_data'] },
        escalate: {
          reads: ['case_id', 'alert_data'],
          decidedBy: foundBy('ask_analyst', 'freeze', 'file_report', 'close_as_fraud', 'watch', 'clear'),
        },
      },
    }),
    deadEnd(b),
    notAnswering(b),
    wantsPerson(b),
    correctedTooLate(b),
  ),
)
