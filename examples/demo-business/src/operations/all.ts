import type { Operation } from '../business.ts'
import { checkDeviceFingerprint, getAccountTransactions, getLoginHistory, getRiskIndicators } from './accounts.ts'
import { addCaseNote } from './add-case-note.ts'
import { closeAlert } from './close-alert.ts'
import { findCustomer } from './customers.ts'
import { createLead } from './create-lead.ts'
import { escalateToSupervisor } from './escalate-to-supervisor.ts'
import { flagAccount } from './flag-account.ts'
import { getFraudAlert } from './get-fraud-alert.ts'
import { issueRefund } from './issue-refund.ts'
import { issueStoreCredit } from './issue-store-credit.ts'
import { lookupOrder } from './lookup-order.ts'
import { signOutEverywhere, startPasswordReset } from './passwords.ts'
import { searchKnowledge } from './search-knowledge.ts'
import { searchOrders } from './search-orders.ts'
import { submitSar } from './submit-sar.ts'
import { updateCaseStatus } from './update-case-status.ts'
import { cancelVisit, confirmVisit, findVisit, listVisitTimes, moveVisit } from './visits.ts'

/** What performs each operation of operations.yaml. */
export const performers: Readonly<Record<string, Operation>> = {
  find_customer: findCustomer,
  lookup_order: lookupOrder,
  search_orders: searchOrders,
  issue_refund: issueRefund,
  issue_store_credit: issueStoreCredit,
  update_case_status: updateCaseStatus,
  escalate_to_supervisor: escalateToSupervisor,
  add_case_note: addCaseNote,
  search_knowledge: searchKnowledge,
  get_fraud_alert: getFraudAlert,
  get_account_transactions: getAccountTransactions,
  check_device_fingerprint: checkDeviceFingerprint,
  get_login_history: getLoginHistory,
  get_risk_indicators: getRiskIndicators,
  flag_account: flagAccount,
  submit_sar: submitSar,
  close_alert: closeAlert,
  start_password_reset: startPasswordReset,
  sign_out_everywhere: signOutEverywhere,
  find_visit: findVisit,
  list_visit_times: listVisitTimes,
  confirm_visit: confirmVisit,
  move_visit: moveVisit,
  cancel_visit: cancelVisit,
  create_lead: createLead,
}
