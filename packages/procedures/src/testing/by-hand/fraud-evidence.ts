/** What is read of an alert before it is judged, and what the facts say by themselves. */
import { deed } from './deeds.ts'
import { all, decideBy, is, isOneOf } from './facts.ts'
import type { B } from './words.ts'

/** Other names of what is found out. */
export const evidence = {
  severity: 'alert_data.severity',
  risk_score: 'alert_data.risk_score',
  flagged_count: 'transaction_data.flagged_count',
  flagged_total: 'transaction_data.flagged_total',
  new_device_count: 'device_data.new_device_count',
}
export const thisAccount = { account_id: 'alert_data.account_id' }
export const thisAlert = { alert_id: 'alert_data.alert_id' }
const isMinor = [is('severity', '==', 'low'), is('risk_score', '<', 50)]

export const findAlert = (b: B) =>
  deed(b, 'find_alert', 'Read the alert', 'get_fraud_alert', { needs: { alert_id: 'alert_id' }, keeps: 'alert_data' })

export const isOpen = (b: B) =>
  decideBy(b, 'is_open', 'Is it still open', [
    'already_handled',
    'Somebody has dealt with it',
    isOneOf('alert_data.status', 'closed', 'resolved', 'escalated'),
  ])

export const readTransactions = (b: B) =>
  deed(b, 'read_transactions', 'Transactions', 'get_account_transactions', {
    needs: thisAccount,
    gives: { days: 30 },
    keeps: 'transaction_data',
  })

export const howDeep = (b: B) =>
  decideBy(b, 'how_deep', 'How deep to look', [
    'judge',
    'Low severity and low risk, a quick look is enough',
    all(...isMinor),
  ])

export const readDevices = (b: B) =>
  deed(b, 'read_devices', 'Devices', 'check_device_fingerprint', { needs: thisAccount, keeps: 'device_data' })

/** Only facts act by themselves, and only when several agree. */
export const judge = (b: B) =>
  decideBy(
    b,
    'judge',
    'Weigh the evidence',
    [
      'freeze',
      'High risk, flagged transactions and a new device',
      all(is('risk_score', '>=', 80), is('flagged_count', '>=', 1), is('new_device_count', '>=', 1)),
    ],
    ['clear', 'Low risk, and no more than small change flagged', all(...isMinor, is('flagged_total', '<', 100))],
  )
